export type Deadline = {
  /** Aborted when the time is over, or when nothing has come for too long. */
  signal: AbortSignal
  /** Something has come. */
  progress: () => void
  /** Stops the clocks: the caller that starts a deadline ends it. */
  end: () => void
  /** Does not wait longer for what cannot be aborted; rejects then, and the promise continues unheard. */
  within: <T>(promise: Promise<T>) => Promise<T>
}

/** Both in milliseconds, from now on. */
export function startDeadline({ totalMs, idleMs }: { totalMs: number; idleMs: number }): Deadline {
  const controller = new AbortController()
  const { signal } = controller
  const total = setTimeout(() => controller.abort(), totalMs)
  const idle = setTimeout(() => controller.abort(), idleMs)
  const over = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The time is over')), { once: true })
  })
  over.catch(() => {})
  return {
    signal,
    progress: () => void idle.refresh(),
    end: () => {
      clearTimeout(total)
      clearTimeout(idle)
    },
    within: (promise) => Promise.race([promise, over]),
  }
}
