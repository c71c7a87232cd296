const last = new Map<string, Promise<unknown>>()

/**
 * Runs `work` after everything else with the same key has ended, however it ended. HubSpot can deliver the same event
 * several times at once, and owners click twice: one after the other, the second sees what the first has done.
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
