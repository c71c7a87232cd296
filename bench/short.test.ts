import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenSession } from '../tests/support/session'
import { buildBundles } from './bundles'
import { measureMessages } from './measure/messages'
import type { Direction } from './send-text'
import { openSessions } from './sessions'
import { startTestBed, type TestBed } from './test-bed'

const MESSAGES = 5

/**
 * The benchmark with few messages. It only checks calls and bytes, which do not depend on the machine. `tests/bundle`
 * checks the size of the bundle.
 */
describe('the cost of one message', () => {
  let bed: TestBed
  let sessions: OpenSession[]

  beforeAll(async () => {
    await buildBundles()
    bed = await startTestBed('integration')
    await bed.botpress.register()
    sessions = await openSessions(bed, 2)
    bed.hubspot.setAppWebhook(undefined)
    for (const direction of ['customer', 'agent'] as const) await cost(direction)
  })
  afterAll(async () => bed.close())

  const cost = async (direction: Direction) =>
    (await measureMessages(bed, sessions, { direction, count: MESSAGES })).traffic

  it("of a customer's text: one call to HubSpot, less than 2 KB", async () => {
    const { toBotpress, toHubSpot, bytes } = await cost('customer')
    expect({ toBotpress, toHubSpot }).toEqual({ toBotpress: 0, toHubSpot: 1 })
    expect(bytes).toBeLessThan(2048)
  })

  it("of an agent's text: one call to Botpress and the receipt, less than 4 KB", async () => {
    const { toBotpress, toHubSpot, bytes } = await cost('agent')
    expect({ toBotpress, toHubSpot }).toEqual({ toBotpress: 1, toHubSpot: 1 })
    expect(bytes).toBeLessThan(4096)
  })

  it('is the same with many concurrent messages', async () => {
    bed.setLatency(20)
    const { toBotpress, toHubSpot } = await cost('customer')
    bed.setLatency(0)
    expect({ toBotpress, toHubSpot }).toEqual({ toBotpress: 0, toHubSpot: 1 })
  })
})
