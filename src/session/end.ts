import type * as bp from '../bp'
import { inMs, untilLinked } from './pacing'
import type { EndedBy, Progress } from './session'

/**
 * Returns the customer to the bot and marks the session as ended. The event is delayed until the plugin has linked the
 * session: the plugin drops earlier ones, and the customer would be stuck.
 */
export async function endSession(
  client: bp.Client,
  session: Pick<Progress, 'conversationId' | 'createdAt' | 'isTest'>,
  { endedBy, closedAt }: { endedBy: EndedBy; closedAt: number },
): Promise<void> {
  await tellStopped(client, session)
  // Last, so that an event that fails half-way is handled again instead of being skipped as done.
  await client.updateConversation({ id: session.conversationId, tags: endTags({ endedBy, closedAt }) })
}

export async function tellStopped(
  client: bp.Client,
  session: Pick<Progress, 'conversationId' | 'createdAt' | 'isTest'>,
): Promise<void> {
  if (session.isTest) return
  await client.createEvent({
    type: 'hitlStopped',
    payload: { conversationId: session.conversationId },
    ...inMs(untilLinked(session)),
  })
}

export const endTags = ({ endedBy, closedAt }: { endedBy: EndedBy; closedAt: number }) => ({
  closedAt: String(closedAt),
  endedBy,
})
