/** Runs `work` on all items, at most `limit` at once. The outcomes are in the order of the items. */
export async function sideBySide<T, R>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<PromiseSettledResult<R>[]> {
  const outcomes: PromiseSettledResult<R>[] = []
  const waiting = items.entries()
  const worker = async () => {
    for (const [index, item] of waiting) {
      const [outcome] = await Promise.allSettled([work(item)])
      outcomes[index] = outcome
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return outcomes
}

const last = new Map<string, Promise<unknown>>()

/**
 * Runs `work` after all earlier work with the same key, whether that succeeded or failed. HubSpot can deliver the same
 * event several times at once: handled in turn, the second one sees the effect of the first.
 */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const previous = last.get(key) ?? Promise.resolve()
  const mine = previous.then(work, work)
  last.set(key, mine)
  const forget = () => {
    if (last.get(key) === mine) last.delete(key)
  }
  mine.then(forget, forget)
  return mine
}
