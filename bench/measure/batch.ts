import { ALAN, assigned, closed, deliver } from '../../tests/support/webhooks'
import type { Values } from '../figures'
import type { OpenSession } from '../sessions'
import { sizes } from '../sizes'
import type { Stage } from '../stage'
import { trafficOf } from '../traffic'

/** One webhook in which each thread is assigned and then closed, until it is answered. */
export async function measureBatch(stage: Stage, sessions: readonly OpenSession[]): Promise<Values> {
  const at = Date.now() - 1000
  const batch = sessions.flatMap(({ threadId }) => [
    assigned(stage, { threadId, at, actorId: ALAN }),
    closed(stage, { threadId, at: at + 1 }),
  ])
  let ms = 0
  stage.setLatency(sizes.callMs)
  const traffic = await trafficOf(stage, async () => {
    const started = performance.now()
    const { status, body } = await deliver(stage, batch)
    ms = performance.now() - started
    if (status !== 200) throw new Error(`The batch was answered ${status}: ${body}\n${stage.log.join('')}`)
  })
  stage.setLatency(0)
  return { 'until it is answered [ms]': ms, 'upstream calls': traffic.toBotpress + traffic.toHubSpot }
}
