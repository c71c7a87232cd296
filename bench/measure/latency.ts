import type { Direction } from '../exchange'
import { spread, type Values } from '../figures'
import type { OpenSession } from '../sessions'
import { sizes } from '../sizes'
import type { Stage } from '../stage'
import { median } from '../statistics'
import { measureMessages } from './messages'

type Condition = (typeof sizes.latencies)[number]

/** What one text costs when each upstream call takes so long. */
export async function measureLatency(
  stage: Stage,
  sessions: readonly OpenSession[],
  direction: Direction,
  { ms, sessions: several, ...counts }: Condition,
): Promise<Values> {
  stage.setLatency(ms)
  const load = { direction, count: counts[stage.strategy] }
  const { durations, processorMs, traffic } = await measureMessages(stage, sessions.slice(0, several), load)
  stage.setLatency(0)
  return {
    'upstream calls': traffic.toBotpress + traffic.toHubSpot,
    'bytes in and out [B]': traffic.bytes,
    ...spread(durations),
    ...(ms === 0 ? {} : { 'median, in upstream calls': median(durations) / ms }),
    'processor time [ms]': processorMs,
  }
}

/** One session writes until everything is compiled, then each gets its first texts, which cost more than later ones. */
export async function warmUp(stage: Stage, sessions: readonly OpenSession[]): Promise<void> {
  for (const direction of ['customer', 'agent'] as const) {
    await measureMessages(stage, sessions.slice(0, 1), { direction, count: sizes.warmUp })
    await measureMessages(stage, sessions, { direction, count: sessions.length })
  }
}
