import type { OpenSession } from '../../tests/support/session'
import type { Values } from '../figures'
import { sizes } from '../sizes'
import type { TestBed } from '../test-bed'
import { measureMessages } from './messages'

/** How many customers' texts reach HubSpot per second when many customers write concurrently. */
export async function measureThroughput(bed: TestBed, sessions: readonly OpenSession[]): Promise<Values> {
  const values: Values = {}
  bed.setLatency(sizes.callMs)
  for (const { sessions: several, texts } of sizes.throughput) {
    const load = { direction: 'customer', count: several * texts } as const
    const started = performance.now()
    await measureMessages(bed, sessions.slice(0, several), load)
    const seconds = (performance.now() - started) / 1000
    values[`${several} ${several === 1 ? 'session' : 'sessions'} [texts/s]`] = load.count / seconds
  }
  bed.setLatency(0)
  return values
}
