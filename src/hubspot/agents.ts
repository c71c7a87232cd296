import type { Endpoints } from './endpoints'
import type { HubSpotHttp } from './http'
import { listAll, type OnDropped } from './list-all'
import { contact as record } from './schemas'

export type User = { [K in (typeof USER_PROPERTIES)[number]]?: string | undefined }

const USER_PROPERTIES = [
  'hs_email',
  'hs_given_name',
  'hs_family_name',
  'hs_availability_status',
  'hs_working_hours',
  'hs_out_of_office_hours',
  'hs_standard_time_zone',
] as const

/** A customer waits while the flow asks who is there. */
const USERS_WITHIN_MS = 4_000

/**
 * The people of the portal. All functions throw `HubSpotError`.
 * https://developers.hubspot.com/docs/api-reference/crm-users-v3/guide
 */
export function createAgents(http: HubSpotHttp, endpoints: Endpoints, onDropped: OnDropped) {
  return {
    /** Every user of the account, whether they answer customers or not. */
    users: async (): Promise<User[]> => {
      const users = await listAll(http, {
        path: endpoints.users,
        query: { limit: 100, properties: USER_PROPERTIES.join(',') },
        auth: 'bearer',
        budgetMs: USERS_WITHIN_MS,
        entry: record,
        onDropped,
      })
      return users.map(({ properties }) => properties)
    },
  }
}
