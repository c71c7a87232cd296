/** Everything that goes on behind an answered call: operations, deliveries, scheduled events. */
export class Pending {
  readonly #running = new Set<Promise<unknown>>()
  readonly #timers = new Map<NodeJS.Timeout, () => void>()
  readonly #crashes: unknown[] = []
  readonly #closing = new AbortController()

  /** Aborted when the stand-in closes, so that nothing outlives it. */
  get signal(): AbortSignal {
    return this.#closing.signal
  }

  track<T>(work: Promise<T>): Promise<T> {
    const watched = work.catch(() => undefined).finally(() => this.#running.delete(watched))
    this.#running.add(watched)
    return work
  }

  /** Runs a task that no caller waits for. What it throws surfaces in `settled`. */
  inBackground(task: () => void | Promise<void>, delayMs = 0): void {
    const work = this.sleep(delayMs)
      .then(() => (this.signal.aborted ? undefined : task()))
      .catch((error: unknown) => {
        if (!this.signal.aborted) this.#crashes.push(error)
      })
    void this.track(work)
  }

  /** Rejects if background work crashed, which is a defect of the stand-in or of what it was given. */
  async settled(): Promise<void> {
    // What just ended may be about to start something else.
    await new Promise((resolve) => setImmediate(resolve))
    if (this.#running.size > 0) {
      await Promise.all(this.#running)
      return this.settled()
    }
    const crashes = this.#crashes.splice(0)
    if (crashes.length > 0) throw new AggregateError(crashes, 'Background work of the Botpress stand-in failed')
  }

  close(): void {
    this.#closing.abort()
    for (const [timer, resolve] of this.#timers) {
      clearTimeout(timer)
      resolve()
    }
    this.#timers.clear()
  }

  /** Ends early when the stand-in closes. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer)
        resolve()
      }, delayMs)
      this.#timers.set(timer, resolve)
    })
  }
}
