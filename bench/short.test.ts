import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildBundles, bundles } from './bundles'
import type { Direction } from './exchange'
import { bundleBytes } from './measure/load'
import { measureMessages } from './measure/messages'
import { openSessions, type OpenSession } from './sessions'
import { startStage, type Stage } from './stage'

const MESSAGES = 5

/** The benchmark with few messages, held to calls and bytes, which no machine makes slower. */
describe('the cost of one message', () => {
  let stage: Stage
  let sessions: OpenSession[]

  beforeAll(async () => {
    await buildBundles()
    stage = await startStage('integration')
    await stage.botpress.register()
    sessions = await openSessions(stage, 2)
    stage.hubspot.setAppWebhook(undefined)
    for (const direction of ['customer', 'agent'] as const) await cost(direction)
  })
  afterAll(async () => stage.close())

  const cost = async (direction: Direction) =>
    (await measureMessages(stage, sessions, { direction, count: MESSAGES })).traffic

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

  it('stays the same while many messages are on their way at once', async () => {
    stage.setLatency(20)
    const { toBotpress, toHubSpot } = await cost('customer')
    stage.setLatency(0)
    expect({ toBotpress, toHubSpot }).toEqual({ toBotpress: 0, toHubSpot: 1 })
  })
})

it('the bundle adds less than 360 KB to what the SDK alone takes', () => {
  expect(bundleBytes(bundles.integration) - bundleBytes(bundles.bare)).toBeLessThan(360 * 1024)
})
