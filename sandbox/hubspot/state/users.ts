import type { HubSpotOptions } from '../options'
import type { Ids } from './ids'
import type { User } from './model'

/** Every agent, and the people who have a seat in the account but do not answer customers. */
export function usersOf({ agents, otherUsers }: HubSpotOptions, ids: Ids, since: string): Map<string, User> {
  const people = [
    ...agents.map((agent) => ({ ...agent, status: 'available' })),
    // HubSpot has no status for people who never chose one.
    ...otherUsers.map((user) => ({ ...user, status: '' })),
  ]
  const users = people.map(({ actorId, name, email, status }): User => {
    const id = ids.next('user')
    const [first = '', ...others] = name.split(' ')
    const properties = {
      hs_object_id: id,
      hs_internal_user_id: actorId.replace(/^A-/, ''),
      hs_email: email,
      hs_given_name: first,
      hs_family_name: others.join(' '),
      hs_availability_status: status,
      hs_working_hours: null,
      hs_out_of_office_hours: null,
      hs_standard_time_zone: null,
      hs_createdate: since,
      hs_lastmodifieddate: since,
    }
    const record = { id, properties, createdAt: since, updatedAt: since, archived: false }
    return { record, actorId, ownerId: ids.next('owner') }
  })
  return new Map(users.map((user) => [user.record.id, user]))
}
