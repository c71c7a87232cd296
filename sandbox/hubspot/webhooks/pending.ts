import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

export type Pending = {
  /** Makes `settled` wait for this too. */
  track: (work: Promise<void>) => void
  /** Resolves when nothing is pending any more, including what began meanwhile. */
  settled: () => Promise<void>
  pause: (ms: number) => Promise<void>
  stopped: AbortSignal
  stop: () => void
}

/** Work in the background that can be waited for, and stopped. */
export function createPending(): Pending {
  const works = new Set<Promise<void>>()
  const stopping = new AbortController()
  // All pending work listens to it, so many listeners are no leak.
  setMaxListeners(0, stopping.signal)
  const settled = async (): Promise<void> => {
    if (works.size === 0) return undefined
    await Promise.all(works)
    return settled()
  }
  return {
    settled,
    track: (work) => {
      // Work fails only when it is stopped, and its result is not needed then.
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
