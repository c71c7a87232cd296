import type { Stack } from '../stack'

/** Tells whenever either side may look different; returns the way to stop listening. */
export function subscribeToChanges({ botpress, hubspot }: Stack, changed: () => void): () => void {
  const stops = [
    botpress.log.subscribe(changed),
    hubspot.log.subscribe(changed),
    botpress.operations.subscribe(changed),
    ...botpress.chat.customers.map((customer) => customer.subscribe(changed)),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
