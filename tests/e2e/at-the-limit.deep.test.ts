import { expect, it } from 'vitest'
import { underLoad } from '../support/load'

/** HubSpot's own limit. */
const CALLS_IN_TEN_SECONDS = 110

it.each([
  [9, 40],
  [9, 200],
  [10, 40],
])(
  'no message fails at %i a second each way with %i ms a call, and less than a quarter of the calls is refused',
  async (messagesPerSecond, latencyMs) => {
    const load = { sessions: 50, seconds: 40, messagesPerSecond, callsInTenSeconds: CALLS_IN_TEN_SECONDS, latencyMs }
    const outcome = await underLoad(load)
    process.stdout.write(`${messagesPerSecond} a second, ${latencyMs} ms a call: ${JSON.stringify(outcome)}\n`)
    expect(outcome).toMatchObject({ messages: 80 * messagesPerSecond, notInThread: 0, notInChat: 0, failures: 0 })
    expect(outcome.refused).toBeGreaterThan(0)
    expect(outcome.refused / outcome.calls).toBeLessThan(0.25)
  },
)

it('no message fails when half as many again are written within a second as HubSpot takes in ten', async () => {
  const load = {
    sessions: 50,
    seconds: 1,
    messagesPerSecond: 160,
    callsInTenSeconds: CALLS_IN_TEN_SECONDS,
    latencyMs: 40,
  }
  const outcome = await underLoad(load)
  process.stdout.write(`160 at once: ${JSON.stringify(outcome)}\n`)
  expect(outcome).toMatchObject({ messages: 320, notInThread: 0, notInChat: 0, failures: 0 })
  expect(outcome.refused / outcome.calls).toBeLessThan(0.25)
})
