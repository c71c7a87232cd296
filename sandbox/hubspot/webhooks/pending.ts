import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

export type Pending = {
  /** Makes `settled` wait for this too. */
  track: (work: Promise<void>) => void
  /** Resolves when nothing is under way any more, what began meanwhile included. */
  settled: () => Promise<void>
  pause: (ms: number) => Promise<void>
  stopped: AbortSignal
  stop: () => void
}

/** Work in the background that can be waited for, and stopped. */
export function createPending(): Pending {
  const works = new Set<Promise<void>>()
  const stopping = new AbortController()
  // Everything under way listens to it: their number is no leak.
  setMaxListeners(0, stopping.signal)
  const settled = async (): Promise<void> => {
    if (works.size === 0) return undefined
    await Promise.all(works)
    return settled()
  }
  return {
    settled,
    track: (work) => {
      // Only stopping makes the work fail, and then nobody waits for it.
      const done = work.catch(() => undefined).finally(() => works.delete(done))
      works.add(done)
    },
    pause: async (ms) => {
      if (ms > 0) await sleep(ms, undefined, { signal: stopping.signal })
    },
    stopped: stopping.signal,
    stop: () => stopping.abort(),
  }
}
