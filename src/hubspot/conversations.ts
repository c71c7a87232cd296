import type { Endpoints } from './endpoints'
import { listAll, type HubSpotHttp, type OnDropped } from './http'
import { message } from './message'
import { actor, associations, inbox, nothing, thread } from './schemas'

/** A customer waits for the session to open while its note is written. */
const NOTE_WITHIN_MS = 6_000

/** A customer waits for the bot while the end of a thread is read. */
const RECORD_WITHIN_MS = 1_500

/** An agent's words wait for the agent's name, which they can do without. */
const ACTOR_WITHIN_MS = 1_500

/** https://developers.hubspot.com/docs/api-reference/conversations-conversations-v3/guide */
export function createConversations(http: HubSpotHttp, endpoints: Endpoints, onDropped: OnDropped) {
  return {
    /** Inboxes and help desks alike. */
    listInboxes: () => listAll(http, { path: endpoints.inboxes, entry: inbox, onDropped }),

    thread: (threadId: string) => http({ method: 'GET', path: endpoints.thread(threadId), answer: thread }),

    close: (threadId: string) =>
      http({ method: 'PATCH', path: endpoints.thread(threadId), json: { status: 'CLOSED' }, answer: nothing }),

    /** The newest entries of a thread, messages and others. A deleted thread is read as archived. */
    newestEntries: (threadId: string, state: 'current' | 'archived') =>
      listAll(http, {
        path: endpoints.threadMessages(threadId),
        query: { limit: 50, sort: '-createdAt', ...(state === 'archived' ? { archived: 'true' } : {}) },
        budgetMs: RECORD_WITHIN_MS,
        mostPages: 4,
        entry: message,
        onDropped,
      }),

    /** An internal note: agents see it, the customer does not. `text` says all that `richText` shows. */
    comment: (threadId: string, text: string, richText?: string) =>
      http({
        method: 'POST',
        path: endpoints.threadMessages(threadId),
        json: { type: 'COMMENT', text, richText, attachments: [] },
        // Notes have no idempotency key; a repeated note is better than none.
        repeatable: true,
        priority: 'note',
        budgetMs: NOTE_WITHIN_MS,
        answer: nothing,
      }),

    actor: (actorId: string) =>
      http({ method: 'GET', path: endpoints.actor(actorId), budgetMs: ACTOR_WITHIN_MS, answer: actor }),
  }
}

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
