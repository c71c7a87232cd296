/** A map whose entries expire. When it is full, it drops the oldest entry, so its size is bounded. */
export class ExpiringMap<K, V> {
  readonly #entries = new Map<K, { value: V; until: number }>()

  constructor(
    /** How long an entry is valid, in milliseconds. */
    readonly ms: number,
    readonly maxEntries = 1000,
  ) {}

  get(key: K): V | undefined {
    const entry = this.#entries.get(key)
    if (entry && entry.until > Date.now()) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  set(key: K, value: V): V {
    // Deleting first keeps the entries ordered by age.
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: Date.now() + this.ms })
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined && this.#entries.size > this.maxEntries) this.#entries.delete(oldest)
    return value
  }

  delete(key: K): void {
    this.#entries.delete(key)
  }
}
