import type { HubSpotError } from './errors'
import { inTime } from './retry-policy'

/** Which call goes first while HubSpot limits a portal. Receipts are dropped while a message waits. */
const ORDER = ['message', 'other', 'note', 'receipt'] as const
export type Priority = (typeof ORDER)[number]

export type Clock = { now: () => number; sleep: (ms: number) => Promise<void> }

/** `until` is when it gives up. */
type Waiting = { priority: Priority; until: number; go: () => void; giveUp: (error: HubSpotError) => void }

/** `atOnce` calls may be under way; `free` of them are not yet, which is a fraction in between. */
type Limit = { error: HubSpotError; pausedUntil: number; atOnce: number; free: number; waiting: Waiting[] }

/** The portals that have refused a call, until no other call waits. */
const limits = new Map<PropertyKey, Limit>()

/**
 * The calls of one app in one portal, which HubSpot counts together: 110 in ten seconds. After a 429 all of them wait
 * until one, the probe, passes. The others follow, first one at a time and then, round by round, one more at once: when
 * the limit is reached again, it refuses every call that is under way. Costs nothing until there is a 429.
 * https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines
 */
export function callsOf(portal: PropertyKey, { now, sleep }: Clock) {
  function resume(limit: Limit): void {
    Object.assign(limit, { pausedUntil: 0, atOnce: 1, free: 1 })
    if (limit.waiting.length === 0) limits.delete(portal)
    release(limit)
  }

  return {
    /** Resolves when the call may be tried. Throws the refusal if the call is dropped or would wait too long. */
    turn: async (priority: Priority, withinMs: number): Promise<void> => {
      const limit = limits.get(portal)
      if (!limit) return
      if (now() + withinMs <= limit.pausedUntil) throw limit.error
      const { waiting } = limit
      const drop = (dropped: Waiting | undefined) => {
        if (dropped) waiting.splice(waiting.indexOf(dropped), 1)
        dropped?.giveUp(limit.error)
      }
      let mine: Waiting | undefined
      const turn = new Promise<void>((go, giveUp) => {
        mine = { priority, until: now() + withinMs, go, giveUp }
        waiting.push(mine)
        // Of one kind, the oldest call is first: also one that has been tried before.
        waiting.sort((a, b) => ORDER.indexOf(a.priority) - ORDER.indexOf(b.priority) || a.until - b.until)
      })
      const receipts = waiting.filter((each) => each.priority === 'receipt')
      if (waiting[0]?.priority === 'message') receipts.forEach(drop)
      await inTime(turn, withinMs, () => {
        drop(mine)
        throw limit.error
      })
    },

    /** A call has ended, and not by the limit. */
    passed: (): void => {
      const limit = limits.get(portal)
      if (!limit || limit.pausedUntil > 0) return
      limit.free += 1 + 1 / limit.atOnce
      limit.atOnce += 1 / limit.atOnce
      release(limit)
      if (limit.waiting.length === 0) limits.delete(portal)
    },

    /** The limit has refused a call. Calls that were under way at the same time do not prolong the pause. */
    refused: (refusal: HubSpotError, pauseMs: number): void => {
      const limit = limits.get(portal) ?? { error: refusal, pausedUntil: 0, atOnce: 1, free: 0, waiting: [] }
      limits.set(portal, limit)
      limit.error = refusal
      if (limit.pausedUntil > 0) return
      limit.pausedUntil = now() + pauseMs
      void sleep(pauseMs).then(() => resume(limit))
    },
  }
}

function release(limit: Limit): void {
  const count = Math.floor(limit.free)
  limit.free -= count
  for (const next of limit.waiting.splice(0, count)) next.go()
}
