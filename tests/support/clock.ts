/**
 * Moves the integration's clock ahead, so that sessions become old without waiting. HubSpot's clock does not change.
 * Returns a function that resets the clock.
 */
export function clockAhead(ms: number): () => void {
  const { now } = Date
  Date.now = () => now() + ms
  return () => {
    Date.now = now
  }
}

/** How many milliseconds the work takes. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
