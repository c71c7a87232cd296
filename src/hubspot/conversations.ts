import type { Endpoints } from './endpoints'
import type { HubSpotHttp } from './http'
import { listAll, type OnDropped } from './list-all'
import { actor, inbox, nothing, thread, type Actor, type Inbox, type Thread } from './schemas'

/** A customer waits for the session to open while its note is written. */
const NOTE_WITHIN_MS = 6_000

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

    /** An internal note: agents see it, the customer does not. */
    comment: async (threadId: string, text: string): Promise<void> => {
      await http({
        method: 'POST',
        path: endpoints.threadMessages(threadId),
        auth: 'bearer',
        json: { type: 'COMMENT', text, attachments: [] },
        // Notes have no idempotency key; a repeated note is better than none.
        repeatable: true,
        priority: 'note',
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
