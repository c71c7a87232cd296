import { findSession } from '../session/find-session'
import type { EventProps, ThreadEnded } from './event'

/** `operatorConversationCompleted` in the manuals of the older integrations. The thread was closed, archived or deleted: the bot takes over again, once. */
export async function threadEnded(event: ThreadEnded, props: EventProps): Promise<void> {
  const session = await findSession(props.client, props.portal, event)
  if (!session || session.closedAt !== undefined) return
  const { conversationId } = session
  await props.client.createEvent({ type: 'hitlStopped', payload: { conversationId } })
  // Last, so that an event that fails half-way comes again instead of being taken for done.
  await props.client.updateConversation({ id: conversationId, tags: { closedAt: String(event.occurredAt) } })
}
