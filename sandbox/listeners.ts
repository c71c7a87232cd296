/** Functions that are called for each event. `Answered` is their return type. */
export class Listeners<T, Answered = void> {
  readonly #all = new Set<(told: T) => Answered>()

  /** Returns a function that unsubscribes. */
  subscribe = (listener: (told: T) => Answered): (() => void) => {
    this.#all.add(listener)
    return () => this.#all.delete(listener)
  }

  tell = (what: T): Answered[] => Array.from(this.#all, (listener) => listener(what))
}
