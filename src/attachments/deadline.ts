export type Deadline = {
  /** Aborted when the total time or the idle time is over. */
  signal: AbortSignal
  /** Restarts the idle time: data has arrived. */
  progress: () => void
  /** Stops both timers. The caller that starts a deadline must end it. */
  end: () => void
  /** For work that cannot be aborted: rejects on abort. The promise itself keeps running and its result is ignored. */
  within: <T>(promise: Promise<T>) => Promise<T>
}

/** Both in milliseconds, starting now. */
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
