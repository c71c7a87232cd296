import { setTimeout as sleep } from 'node:timers/promises'

/** All in milliseconds. Pauses double from `pauseMs` up to `longestPauseMs`; without that, they stay the same. */
type Patience = { withinMs: number; pauseMs: number; longestPauseMs?: number }

/** Looks until there is something to see, and resolves to it; to undefined when there was nothing in time. */
export async function waitUntil<T>(
  look: () => Promise<T | undefined>,
  { withinMs, pauseMs, longestPauseMs = pauseMs }: Patience,
): Promise<T | undefined> {
  const until = Date.now() + withinMs
  for (let pause = pauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    const seen = await look()
    if (seen !== undefined || Date.now() + pause > until) return seen
    await sleep(pause)
  }
}
