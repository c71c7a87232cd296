import type { Endpoints } from './endpoints'
import type { HubSpotHttp } from './http'
import { listAll, type OnDropped } from './list-all'
import { message, type Message } from './message'
import { actor, inbox, nothing, page, thread, type Actor, type Inbox, type Thread } from './schemas'

/** A customer waits for the session to open while its note is written. */
const NOTE_WITHIN_MS = 6_000

/** A customer waits for the bot while the end of a thread is read. */
const RECORD_WITHIN_MS = 1_500

/** An agent's words wait for the agent's name, which they can do without. */
const ACTOR_WITHIN_MS = 1_500

/**
 * Inboxes, threads, notes and actors of the portal. All functions throw `HubSpotError`.
 * https://developers.hubspot.com/docs/api-reference/conversations-conversations-v3/guide
 */
export function createConversations(http: HubSpotHttp, endpoints: Endpoints, onDropped: OnDropped) {
  return {
    /** Inboxes and help desks alike. */
    listInboxes: (): Promise<Inbox[]> =>
      listAll(http, { path: endpoints.inboxes, auth: 'bearer', entry: inbox, onDropped }),

    thread: (threadId: string): Promise<Thread> =>
      http({ method: 'GET', path: endpoints.thread(threadId), auth: 'bearer', answer: thread }),

    close: async (threadId: string): Promise<void> => {
      await http({
        method: 'PATCH',
        path: endpoints.thread(threadId),
        auth: 'bearer',
        json: { status: 'CLOSED' },
        repeatable: true,
        answer: nothing,
      })
    },

    /** The newest entries of a thread, messages and others. A deleted thread is read as archived. */
    newestEntries: async (threadId: string, state: 'current' | 'archived'): Promise<Message[]> => {
      const { results } = await http({
        method: 'GET',
        path: endpoints.threadMessages(threadId),
        auth: 'bearer',
        query: { limit: 50, sort: '-createdAt', ...(state === 'archived' ? { archived: 'true' } : {}) },
        budgetMs: RECORD_WITHIN_MS,
        answer: page(message),
      })
      return results
    },

    /** An internal note: agents see it, the customer does not. */
    comment: async (threadId: string, text: string): Promise<void> => {
      await http({
        method: 'POST',
        path: endpoints.threadMessages(threadId),
        auth: 'bearer',
        json: { type: 'COMMENT', text, attachments: [] },
        // Notes have no idempotency key; a repeated note is better than none.
        repeatable: true,
        budgetMs: NOTE_WITHIN_MS,
        answer: nothing,
      })
    },

    actor: (actorId: string): Promise<Actor> =>
      http({
        method: 'GET',
        path: endpoints.actor(actorId),
        auth: 'bearer',
        budgetMs: ACTOR_WITHIN_MS,
        answer: actor,
      }),
  }
}
