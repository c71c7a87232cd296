import { setTimeout as sleep } from 'node:timers/promises'

const LOOKS_EVERY_MS = 10

/** Looks until there is something to see or the time is up, and resolves to the last look. */
export async function waitUntil<T>(look: () => T, withinMs: number): Promise<T> {
  // Not by the clock that tests move.
  const end = performance.now() + withinMs
  for (;;) {
    const seen = look()
    if (seen || performance.now() >= end) return seen
    await sleep(LOOKS_EVERY_MS)
  }
}
