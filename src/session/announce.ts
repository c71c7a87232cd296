import type * as bp from '../bp'
import type { Portal } from '../installation/connection'
import { ensureAgent } from '../people/ensure-agent'
import { rememberProgress } from './find-session'
import { inMs, untilLinked } from './pacing'
import type { Progress } from './session'

type Props = { client: bp.Client; portal: Portal }

/**
 * Tells the bot that an agent has the session, once the plugin listens, and marks the session: the plugin announces at
 * every event, and again if an agent writes before it knows of one. Resolves to the session's progress.
 */
export async function announce(
  { client, portal }: Props,
  session: Progress,
  { actorId, senderName, assignedAt }: { actorId: string; senderName?: string | undefined; assignedAt: number },
): Promise<Progress> {
  const { conversationId } = session
  const userId = await ensureAgent(client, portal, { actorId, senderName })
  const delay = untilLinked(session)
  await client.createEvent({
    type: 'hitlAssigned',
    payload: { conversationId, userId },
    ...inMs(delay),
  })
  const announcedAt = Date.now() + delay
  // Last, so that an event that fails half-way is handled again instead of being skipped as done.
  await client.updateConversation({
    id: conversationId,
    tags: { assignedTo: actorId, assignedAt: String(assignedAt), announcedAt: String(announcedAt) },
  })
  return rememberProgress(portal, { ...session, assignedTo: actorId, assignedAt, announcedAt })
}
