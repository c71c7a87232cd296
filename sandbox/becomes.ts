import { setTimeout as sleep } from 'node:timers/promises'

const LOOKS_EVERY_MS = 10

/** Resolves to whether it came to be so in time. */
export async function becomes(isSo: () => boolean, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs
  while (!isSo() && Date.now() < end) await sleep(LOOKS_EVERY_MS)
  return isSo()
}
