import { BotpressError } from '../errors'

/** Things by id, in the order of their creation. */
export class Collection<T extends { id: string; createdAt: string }> {
  readonly #items = new Map<string, T>()
  readonly #what: string

  constructor(what: string) {
    this.#what = what
  }

  add(item: T): T {
    this.#items.set(item.id, item)
    return item
  }

  find(id: string): T | undefined {
    return this.#items.get(id)
  }

  /** For an id in the path of a request. */
  get(id: string): T {
    const item = this.#items.get(id)
    if (!item) throw new BotpressError('ResourceNotFound', `${this.#what} "${id}" does not exist`)
    return item
  }

  /** For an id inside the body of a request. */
  referenced(id: string): T {
    const item = this.#items.get(id)
    if (!item) throw new BotpressError('ReferenceNotFound', `${this.#what} "${id}" does not exist`)
    return item
  }

  remove(id: string): void {
    this.get(id)
    this.#items.delete(id)
  }

  list(): T[] {
    return [...this.#items.values()]
  }
}

/** The two times that everything starts with. */
export function born(): { createdAt: string; updatedAt: string } {
  const now = new Date().toISOString()
  return { createdAt: now, updatedAt: now }
}
