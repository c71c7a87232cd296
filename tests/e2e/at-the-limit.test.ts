import { expect, it } from 'vitest'
import { underLoad } from '../support/load'

it('no message fails when more are written at once than HubSpot takes in ten seconds', async () => {
  const outcome = await underLoad({
    sessions: 10,
    seconds: 1,
    messagesPerSecond: 40,
    callsInTenSeconds: 30,
    latencyMs: 20,
  })
  expect(outcome).toMatchObject({ messages: 80, notInThread: 0, notInChat: 0, failures: 0 })
  expect(outcome.refused).toBeGreaterThan(0)
  expect(outcome.refused / outcome.calls).toBeLessThan(0.25)
})
