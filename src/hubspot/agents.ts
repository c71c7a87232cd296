import type * as z from 'zod/mini'
import type { Endpoints } from './endpoints'
import { listAll, type HubSpotHttp, type OnDropped } from './http'
import { contact as record, nothing, owner, page, user } from './schemas'

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

/** The session opens once the agent is assigned, or not. */
const ASSIGNED_WITHIN_MS = 2_000

/** A customer waits while the flow asks who is there. */
const USERS_WITHIN_MS = 4_000

/** https://developers.hubspot.com/docs/api-reference/crm-users-v3/guide */
export function createAgents(http: HubSpotHttp, endpoints: Endpoints, onDropped: OnDropped) {
  const get = <S extends z.ZodMiniType>(path: string, query: Record<string, string>, answer: S) =>
    http({ method: 'GET', path, query, budgetMs: ASSIGNED_WITHIN_MS, answer })

  return {
    /** Every user of the account, whether they answer customers or not. */
    users: async (): Promise<User[]> => {
      const users = await listAll(http, {
        path: endpoints.users,
        query: { limit: 100, properties: USER_PROPERTIES.join(',') },
        budgetMs: USERS_WITHIN_MS,
        entry: user,
        onDropped,
      })
      return users.filter(({ archived }) => !archived).map(({ properties }) => properties)
    },

    /** The actor with this address; undefined if no user has it. */
    actorByEmail: async (email: string): Promise<string | undefined> => {
      const wanted = email.toLowerCase()
      const { results } = await get(endpoints.owners, { email: wanted }, page(owner))
      // HubSpot has filtered already, and need not repeat the address.
      return results.filter(({ email: own = wanted }) => own.toLowerCase() === wanted).flatMap(actorOf)[0]
    },

    /** The actor who owns the contact; undefined if no one does. */
    actorOfContact: async (contactId: string): Promise<string | undefined> => {
      const { properties } = await get(endpoints.contact(contactId), { properties: OWNER }, record)
      return properties[OWNER] ? actorOf(await get(endpoints.owner(properties[OWNER]), {}, owner))[0] : undefined
    },

    assign: async (threadId: string, actorId: string): Promise<void> => {
      await http({
        method: 'PUT',
        path: endpoints.assignee(threadId),
        json: { actorId },
        budgetMs: ASSIGNED_WITHIN_MS,
        answer: nothing,
      })
    },
  }
}

/** The property of a contact. */
const OWNER = 'hubspot_owner_id'

const actorOf = ({ userId }: z.infer<typeof owner>): string[] => (userId === undefined ? [] : [`A-${userId}`])
