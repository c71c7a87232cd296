import type { Values } from '../figures'
import { sizes } from '../sizes'
import type { TestBed } from '../test-bed'
import { trafficOf } from '../traffic'

/** The owner saves the same configuration twice. */
export async function measureSaves(bed: TestBed): Promise<Values> {
  bed.setLatency(sizes.callMs)
  const first = await save(bed)
  const second = await save(bed)
  bed.setLatency(0)
  return {
    'first save [ms]': first.ms,
    'first save, upstream calls': first.calls,
    'second save [ms]': second.ms,
    'second save, upstream calls': second.calls,
    'channels after both': bed.hubspot.channels().length,
  }
}

async function save(bed: TestBed): Promise<{ ms: number; calls: number }> {
  let ms = 0
  const { toBotpress, toHubSpot } = await trafficOf(bed, async () => {
    const started = performance.now()
    const { ok, message } = await bed.botpress.register()
    ms = performance.now() - started
    if (!ok) throw new Error(`The configuration was not saved: ${message}`)
  })
  return { ms, calls: toBotpress + toHubSpot }
}
