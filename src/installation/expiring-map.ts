/** A map whose entries expire, and which drops the oldest ones when it is full: a cache that cannot grow. */
export class ExpiringMap<K, V> {
  readonly #entries = new Map<K, { value: V; until: number }>()

  constructor(
    /** How long an entry counts, in milliseconds. */
    readonly ms: number,
    readonly mostEntries = 1000,
  ) {}

  get(key: K): V | undefined {
    const entry = this.#entries.get(key)
    if (entry && entry.until > Date.now()) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  set(key: K, value: V): V {
    // Deleted first, so that the order of the entries is that of their age.
    this.#entries.delete(key)
    this.#entries.set(key, { value, until: Date.now() + this.ms })
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined && this.#entries.size > this.mostEntries) this.#entries.delete(oldest)
    return value
  }

  delete(key: K): void {
    this.#entries.delete(key)
  }
}
