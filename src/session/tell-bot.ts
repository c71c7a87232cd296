import type * as bp from '../bp'
import { repeated } from '../installation/async'
import type { Portal } from '../installation/connection'
import { ensureAgent } from '../people/agent'
import { rememberProgress } from './find-session'
import type { Progress } from './session'

/**
 * The HITL plugin needs time before it listens, and drops or announces twice what comes too early: about five calls
 * after `startHitl` has returned until the session is linked, and about six after an agent was announced. How long its
 * calls take is not documented. People do not notice these waits.
 */
const LINKED_AFTER_MS = 1_500
export const HEARD_AFTER_MS = 1_000

/** Milliseconds until the plugin has linked a session: until then it drops events. */
const untilLinked = ({ createdAt }: Pick<Progress, 'createdAt'>): number =>
  left(createdAt + LINKED_AFTER_MS, LINKED_AFTER_MS)

/** Milliseconds until the plugin takes an agent's message as one of the agent who was announced at `announcedAt`. */
export function untilHeard({ createdAt, announcedAt }: Pick<Progress, 'createdAt' | 'announcedAt'>): number {
  const linkedAt = createdAt + LINKED_AFTER_MS
  return left(Math.max(linkedAt, announcedAt) + HEARD_AFTER_MS, LINKED_AFTER_MS + HEARD_AFTER_MS)
}

/** The clocks of two machines can differ: a wait is never longer than for something that has just happened. */
const left = (until: number, longest: number): number => Math.min(longest, Math.max(0, until - Date.now()))

const inMs = (delay: number) => (delay > 0 ? { schedule: { delay } } : {})

/**
 * Tells the bot that an agent has the session, once the plugin listens, and marks the session: the plugin announces at
 * every event, and again if an agent writes before it knows of one. Resolves to the session's progress.
 */
export async function announce(
  { client, portal }: { client: bp.Client; portal: Portal },
  session: Progress,
  { actorId, senderName, assignedAt }: { actorId: string; senderName?: string | undefined; assignedAt: number },
): Promise<Progress> {
  const { conversationId } = session
  const userId = await ensureAgent(client, portal, { actorId, senderName })
  const delay = untilLinked(session)
  const announced = { ...session, assignedTo: actorId, assignedAt, announcedAt: Date.now() + delay }
  // At once: if the process ends in between, one without the other would lose the announcement or show it twice.
  const marking = repeated(() => markAgent(client, announced))
  const telling = client.createEvent({ type: 'hitlAssigned', payload: { conversationId, userId }, ...inMs(delay) })
  const undone = async (thrown: unknown) => {
    await marking.then(() => markAgent(client, session)).catch(() => undefined)
    throw thrown
  }
  await Promise.all([telling.catch(undone), marking])
  return rememberProgress(portal, announced)
}

const markAgent = (client: bp.Client, { conversationId, assignedTo = '', assignedAt, announcedAt }: Progress) =>
  client.updateConversation({
    id: conversationId,
    tags: { assignedTo, assignedAt: String(assignedAt), announcedAt: String(announcedAt) },
  })

/** Returns the customer to the bot. */
export async function tellStopped(client: bp.Client, session: Progress, leastDelayMs = 0): Promise<void> {
  if (session.isTest) return
  const { conversationId } = session
  const delay = Math.max(untilLinked(session), leastDelayMs)
  await client.createEvent({ type: 'hitlStopped', payload: { conversationId }, ...inMs(delay) })
}
