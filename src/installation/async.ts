import { setTimeout as sleep } from 'node:timers/promises'
import { isApiError } from '@botpress/sdk'
import type * as bp from '../bp'

const last = new Map<string, Promise<unknown>>()

/**
 * Runs `work` after everything else with the same key has ended, however it ended. HubSpot can deliver the same event
 * several times at once, and owners click twice: one after the other, the second sees what the first has done.
 */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const previous = last.get(key) ?? Promise.resolve()
  const mine = previous.then(work, work)
  last.set(key, mine)
  const forget = () => {
    if (last.get(key) === mine) last.delete(key)
  }
  mine.then(forget, forget)
  return mine
}

/** Runs `work` on all items, at most `limit` at once. The outcomes are in the order of the items. */
export async function sideBySide<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<PromiseSettledResult<R>[]> {
  const outcomes: PromiseSettledResult<R>[] = []
  const waiting = items.entries()
  const worker = async () => {
    for (const [index, item] of waiting) [outcomes[index]] = await Promise.allSettled([work(item)])
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return outcomes
}

/** All in milliseconds. Pauses double from `pauseMs` to `longestPauseMs`, which defaults to `pauseMs`. */
type Polling = { withinMs: number; pauseMs: number; longestPauseMs?: number }

/** Polls until `look` resolves to a value. Resolves to that value, or to undefined after `withinMs`. */
export async function waitUntil<T>(
  look: () => Promise<T | undefined>,
  { withinMs, pauseMs, longestPauseMs = pauseMs }: Polling,
): Promise<T | undefined> {
  const until = Date.now() + withinMs
  for (let pause = pauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    const seen = await look()
    if (seen !== undefined || Date.now() + pause > until) return seen
    await sleep(pause)
  }
}

/**
 * Retries an idempotent call to Botpress while Botpress fails. The client itself does not retry a POST after 500, 503
 * or 504, because it cannot know that the call is idempotent.
 */
export async function repeated<T>(call: () => Promise<T>): Promise<T> {
  for (const pause of [100, 400, 1_600]) {
    try {
      return await call()
    } catch (thrown) {
      if (!isApiError(thrown) || thrown.code < 500) throw thrown
      await sleep(pause)
    }
  }
  return call()
}

/** The webhook has been answered: HubSpot sends the event again, and that attempt makes the remaining calls. */
export class TooLate extends Error {
  override readonly name = 'TooLate'
}

export function assertNotLate(late: AbortSignal | undefined): void {
  if (late?.aborted) throw new TooLate('The webhook has been answered already')
}

/** The same client, whose methods reject with `TooLate` once the signal is aborted. */
export const untilLate = (late: AbortSignal, client: bp.Client): bp.Client =>
  new Proxy(client, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]): Promise<unknown> => {
        assertNotLate(late)
        return Reflect.apply(member, target, args)
      }
    },
  })
