import type * as bp from '../bp'
import type { Portal } from '../installation/connection'
import { ensureAgent } from '../people/ensure-agent'
import { rememberProgress } from './find-session'
import { untilLinked } from './pacing'
import type { Progress } from './session'

type Props = { client: bp.Client; portal: Portal }

/**
 * Tells the bot that an agent has the session, once the plugin listens, and marks it: the plugin itself announces at
 * every event, and again when an agent writes before it has heard of one. Resolves to how far the session has come.
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
    ...(delay > 0 ? { schedule: { delay } } : {}),
  })
  const announcedAt = Date.now() + delay
  // Last, so that an event that fails half-way comes again instead of being taken for done.
  await client.updateConversation({
    id: conversationId,
    tags: { assignedTo: actorId, assignedAt: String(assignedAt), announcedAt: String(announcedAt) },
  })
  return rememberProgress(portal, { ...session, assignedTo: actorId, assignedAt, announcedAt })
}
