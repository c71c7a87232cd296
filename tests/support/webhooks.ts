import { shuffled } from '../../sandbox/http/faults'
import type { Stack } from '../../sandbox/stack'

export const GRACE = 'A-3892666'
export const ALAN = 'A-3892667'

export type AppEvent = Record<string, unknown>

type About = { threadId: string; at?: number; appId?: number }

let lastEventId = 9_000_000

/** An app event as HubSpot writes it. */
export function appEvent({ hubspot }: Stack, { threadId, at = Date.now(), appId }: About): AppEvent {
  lastEventId += 1
  return {
    eventId: lastEventId,
    subscriptionId: 25,
    portalId: hubspot.portalId,
    appId: appId ?? Number(hubspot.app.appId),
    occurredAt: at,
    attemptNumber: 0,
    objectId: Number(threadId),
    changeSource: 'USERS',
  }
}

/** An empty `actorId` unassigns the thread. */
export const assigned = (stack: Stack, { actorId = GRACE, ...about }: About & { actorId?: string }): AppEvent => ({
  ...appEvent(stack, about),
  subscriptionType: 'conversation.propertyChange',
  propertyName: 'assignedTo',
  propertyValue: actorId,
})

export const closed = (stack: Stack, about: About): AppEvent => ({
  ...appEvent(stack, about),
  subscriptionType: 'conversation.propertyChange',
  propertyName: 'status',
  propertyValue: 'CLOSED',
})

/** Sends one signed webhook, once. */
export const deliver = ({ hubspot, botpress }: Stack, body: unknown): Promise<{ status: number; body: string }> =>
  hubspot.webhook.send(botpress.webhookUrl, body)

/** Sends one webhook with these events, once. Resolves to the status of the answer. */
export const sent = async (stack: Stack, ...events: unknown[]): Promise<number> => (await deliver(stack, events)).status

/** The statuses that the channel's webhooks for this message got. */
export const answersTo = ({ hubspot }: Stack, messageId: string): number[] =>
  hubspot.webhook.deliveries
    .filter(({ kind, body }) => kind === 'channel' && body.includes(messageId))
    .map(({ status }) => status)

/** Assigns and then closes these threads, in shuffled order. */
export function takenAndClosed(stack: Stack, threads: readonly { threadId: string }[]): AppEvent[] {
  const at = Date.now() - 1000
  const events = threads.flatMap(({ threadId }) => [
    assigned(stack, { threadId, at }),
    closed(stack, { threadId, at: at + 1 }),
  ])
  return shuffled(events, 42)
}
