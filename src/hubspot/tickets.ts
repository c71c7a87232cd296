import type { Endpoints } from './endpoints'
import type { HubSpotHttp } from './http'
import { associations, nothing } from './schemas'

/** The session opens once the ticket is filled in, or not. */
const EACH_WITHIN_MS = 1_000

/** https://developers.hubspot.com/docs/api-reference/crm-tickets-v3/guide */
export function createTickets(http: HubSpotHttp, endpoints: Endpoints) {
  return {
    /** The ticket of a thread; undefined while there is none. */
    ofThread: async (threadId: string): Promise<string | undefined> => {
      const { threadAssociations } = await http({
        method: 'GET',
        path: endpoints.thread(threadId),
        query: { association: 'TICKET' },
        budgetMs: EACH_WITHIN_MS,
        answer: associations,
      })
      return threadAssociations?.associatedTicketId
    },

    /** HubSpot takes all of the properties or, if it refuses one, none. */
    change: async (ticketId: string, properties: Record<string, string>): Promise<void> => {
      await http({
        method: 'PATCH',
        path: endpoints.ticket(ticketId),
        json: { properties },
        budgetMs: 2 * EACH_WITHIN_MS,
        answer: nothing,
      })
    },
  }
}
