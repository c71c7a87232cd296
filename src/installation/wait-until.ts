import { setTimeout as sleep } from 'node:timers/promises'

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
