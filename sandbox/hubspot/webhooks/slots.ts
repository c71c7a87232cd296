export type Slots = { run: <T>(work: () => Promise<T>) => Promise<T> }

/** At most `size` works at once; the others wait in order of arrival. */
export function createSlots(size: number): Slots {
  const waiting: (() => void)[] = []
  let free = size
  const take = () => {
    if (free === 0) return new Promise<void>((resolve) => waiting.push(resolve))
    free -= 1
    return Promise.resolve()
  }
  const give = () => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    run: async (work) => {
      await take()
      try {
        return await work()
      } finally {
        give()
      }
    },
  }
}
