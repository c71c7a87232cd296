import type { Values } from '../figures'
import type { OpenSession } from '../sessions'
import type { Stage } from '../stage'
import { sizes } from '../sizes'
import { measureMessages } from './messages'

/** Texts of customers that HubSpot has a second, while many write at once and none waits for another. */
export async function measureThroughput(stage: Stage, sessions: readonly OpenSession[]): Promise<Values> {
  const values: Values = {}
  stage.setLatency(sizes.callMs)
  for (const { sessions: several, texts } of sizes.throughput) {
    const load = { direction: 'customer', count: several * texts } as const
    const started = performance.now()
    await measureMessages(stage, sessions.slice(0, several), load)
    const seconds = (performance.now() - started) / 1000
    values[`${several} ${several === 1 ? 'session' : 'sessions'} [texts/s]`] = load.count / seconds
  }
  stage.setLatency(0)
  return values
}
