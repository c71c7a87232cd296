import type * as bp from '../bp'
import { untilLinked } from './pacing'
import type { EndedBy, Progress } from './session'

/**
 * Gives the customer back to the bot and marks the session as ended. The event is scheduled until the plugin has linked
 * the session: an earlier one is dropped, and the customer would be left with nobody.
 */
export async function endSession(
  client: bp.Client,
  session: Pick<Progress, 'conversationId' | 'createdAt'>,
  { endedBy, closedAt }: { endedBy: EndedBy; closedAt: number },
): Promise<void> {
  await tellStopped(client, session)
  // Last, so that an event that fails half-way comes again instead of being taken for done.
  await client.updateConversation({ id: session.conversationId, tags: endTags({ endedBy, closedAt }) })
}

export async function tellStopped(
  client: bp.Client,
  session: Pick<Progress, 'conversationId' | 'createdAt'>,
): Promise<void> {
  const delay = untilLinked(session)
  await client.createEvent({
    type: 'hitlStopped',
    payload: { conversationId: session.conversationId },
    ...(delay > 0 ? { schedule: { delay } } : {}),
  })
}

export const endTags = ({ endedBy, closedAt }: { endedBy: EndedBy; closedAt: number }) => ({
  closedAt: String(closedAt),
  endedBy,
})
