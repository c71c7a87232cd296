import { setTimeout as sleep } from 'node:timers/promises'

const LOOKS_EVERY_MS = 10

/** Calls `look` until it returns something truthy or the time is up. Resolves to what it returned last. */
export async function waitUntil<T>(look: () => T, withinMs: number): Promise<T> {
  // Tests move the clock that Date.now reads.
  const end = performance.now() + withinMs
  for (;;) {
    const seen = look()
    if (seen || performance.now() >= end) return seen
    await sleep(LOOKS_EVERY_MS)
  }
}
