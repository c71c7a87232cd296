import type { Values } from '../figures'
import { sizes } from '../sizes'
import type { Stage } from '../stage'
import { trafficOf } from '../traffic'

/** The owner saves, and saves the same once more. */
export async function measureSaves(stage: Stage): Promise<Values> {
  stage.setLatency(sizes.callMs)
  const first = await save(stage)
  const second = await save(stage)
  stage.setLatency(0)
  return {
    'first save [ms]': first.ms,
    'first save, upstream calls': first.calls,
    'second save [ms]': second.ms,
    'second save, upstream calls': second.calls,
    'channels after both': stage.hubspot.channels().length,
  }
}

async function save(stage: Stage): Promise<{ ms: number; calls: number }> {
  let ms = 0
  const { toBotpress, toHubSpot } = await trafficOf(stage, async () => {
    const started = performance.now()
    const { ok, message } = await stage.botpress.register()
    ms = performance.now() - started
    if (!ok) throw new Error(`The configuration was not saved: ${message}`)
  })
  return { ms, calls: toBotpress + toHubSpot }
}
