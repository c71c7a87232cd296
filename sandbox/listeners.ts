/** Whoever wants to be told of what happens. */
export class Listeners<T> {
  readonly #all = new Set<(told: T) => void>()

  /** Returns the way to stop listening. */
  subscribe = (listener: (told: T) => void): (() => void) => {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  tell = (what: T): void => {
    for (const listener of this.#all) listener(what)
  }
}
