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
