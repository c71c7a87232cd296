import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 10

/** Calls `look` until it returns something truthy or the time is up. Resolves to its last result. */
export async function waitUntil<T>(look: () => T, withinMs: number): Promise<T> {
  // Not Date.now, because tests change its clock.
  const end = performance.now() + withinMs
  for (;;) {
    const seen = look()
    if (seen || performance.now() >= end) return seen
    await sleep(POLL_MS)
  }
}
