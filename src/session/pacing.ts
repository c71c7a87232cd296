/**
 * The HITL plugin needs time before it listens, and drops or announces twice what comes too early: about five calls
 * after `startHitl` has returned until the session is linked, and about six after an agent was announced. How long its
 * calls take is not documented. People do not notice these waits.
 */
const LINKED_AFTER_MS = 1_500
const HEARD_AFTER_MS = 1_000

/** Milliseconds until the plugin has linked a session made at `createdAt`: until then it drops events. */
export const untilLinked = ({ createdAt }: { createdAt: number }): number =>
  left(createdAt + LINKED_AFTER_MS, LINKED_AFTER_MS)

/** The schedule of an event that must not reach the plugin earlier than in `delay` milliseconds. */
export const inMs = (delay: number) => (delay > 0 ? { schedule: { delay } } : {})

/** Milliseconds until the plugin takes an agent's message as one of the agent who was announced at `announcedAt`. */
export function untilHeard({ createdAt, announcedAt }: { createdAt: number; announcedAt: number }): number {
  const linkedAt = createdAt + LINKED_AFTER_MS
  return left(Math.max(linkedAt, announcedAt) + HEARD_AFTER_MS, LINKED_AFTER_MS + HEARD_AFTER_MS)
}

/** The clocks of two machines can differ: a wait is never longer than for something that has just happened. */
const left = (until: number, longest: number): number => Math.min(longest, Math.max(0, until - Date.now()))
