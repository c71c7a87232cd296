/** Functions that are told of each event. `Answered` is what one of them returns. */
export class Listeners<T, Answered = void> {
  readonly #all = new Set<(told: T) => Answered>()

  /** Returns the way to stop listening. */
  subscribe = (listener: (told: T) => Answered): (() => void) => {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  tell = (what: T): Answered[] => Array.from(this.#all, (listener) => listener(what))
}
