/**
 * After `startHitl` has returned, Botpress' HITL plugin links the two conversations, and drops what comes earlier.
 * How long that takes is not documented; these are waits that nobody notices in a conversation with a person.
 */
const LINKED_AFTER_MS = 1_500

/** So that "an agent has joined" comes before what the agent says. */
const MESSAGES_AFTER_MS = LINKED_AFTER_MS + 500

/** Milliseconds until events about a session made at `createdAt` are heard; 0 for one that is linked by now. */
export const untilEventsAreHeard = (createdAt: number): number => left(createdAt, LINKED_AFTER_MS)

/** As `untilEventsAreHeard`, for messages. */
export const untilMessagesAreHeard = (createdAt: number): number => left(createdAt, MESSAGES_AFTER_MS)

/** The clocks of two machines can differ: it is never longer than for a session made just now. */
const left = (createdAt: number, after: number): number => Math.min(after, Math.max(0, createdAt + after - Date.now()))
