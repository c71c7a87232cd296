import type { OpenSession } from '../../tests/support/session'
import { ALAN, assigned, closed, deliver } from '../../tests/support/webhooks'
import type { Values } from '../figures'
import { sizes } from '../sizes'
import type { TestBed } from '../test-bed'
import { trafficOf } from '../traffic'

/** The time until the answer to one webhook that assigns and then closes each thread. */
export async function measureBatch(bed: TestBed, sessions: readonly OpenSession[]): Promise<Values> {
  const at = Date.now() - 1000
  const batch = sessions.flatMap(({ threadId }) => [
    assigned(bed, { threadId, at, actorId: ALAN }),
    closed(bed, { threadId, at: at + 1 }),
  ])
  let ms = 0
  bed.setLatency(sizes.callMs)
  const traffic = await trafficOf(bed, async () => {
    const started = performance.now()
    const { status, body } = await deliver(bed, batch)
    ms = performance.now() - started
    if (status !== 200) throw new Error(`The batch was answered ${status}: ${body}\n${bed.log.join('')}`)
  })
  bed.setLatency(0)
  return { 'until it is answered [ms]': ms, 'upstream calls': traffic.toBotpress + traffic.toHubSpot }
}
