import type { OpenSession } from '../../tests/support/session'
import { spread, type Values } from '../figures'
import type { Direction } from '../send-text'
import { sizes } from '../sizes'
import { median } from '../statistics'
import type { TestBed } from '../test-bed'
import { measureMessages } from './messages'

type Condition = (typeof sizes.latencies)[number]

/** The cost of one text with this latency per upstream call. */
export async function measureLatency(
  bed: TestBed,
  sessions: readonly OpenSession[],
  direction: Direction,
  { ms, sessions: several, ...counts }: Condition,
): Promise<Values> {
  bed.setLatency(ms)
  const load = { direction, count: counts[bed.strategy] }
  const { durations, processorMs, traffic } = await measureMessages(bed, sessions.slice(0, several), load)
  bed.setLatency(0)
  return {
    'upstream calls': traffic.toBotpress + traffic.toHubSpot,
    'bytes in and out [B]': traffic.bytes,
    ...spread(durations),
    ...(ms === 0 ? {} : { 'median, in upstream calls': median(durations) / ms }),
    'processor time [ms]': processorMs,
  }
}

/**
 * One session writes until the code is compiled. Then each session gets its first texts, which cost more than later
 * ones.
 */
export async function warmUp(bed: TestBed, sessions: readonly OpenSession[]): Promise<void> {
  for (const direction of ['customer', 'agent'] as const) {
    await measureMessages(bed, sessions.slice(0, 1), { direction, count: sizes.warmUp })
    await measureMessages(bed, sessions, { direction, count: sessions.length })
  }
}
