import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Call } from '../../sandbox/http/call-log'
import type { Fault } from '../../sandbox/http/faults'
import type { Stack } from '../../sandbox/stack'
import { allCalls, INITIALIZE, isCallOf, RECEIPT, type Target } from '../support/faults'
import { startWithSession, type OpenSession } from '../support/session'
import { GRACE } from '../support/webhooks'

const READ: Target = { method: 'GET', path: /\/(?:states|users)\// }

/** Long enough to tell sequential calls from concurrent ones. */
const LATE: Fault = { kind: 'delay', ms: 300 }

describe('the calls', () => {
  let stack: Stack
  let ada: OpenSession

  beforeAll(async () => {
    ;({ stack, ada } = await startWithSession())
    await stack.settled()
  })
  beforeEach(async () => {
    await stack.restartIntegration()
    stack.botpress.log.clear()
    stack.hubspot.log.clear()
  })
  afterEach(() => {
    stack.botpress.faults = undefined
  })
  afterAll(async () => stack.close())

  const reply = async (text: string) => {
    stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text })
    await stack.settled()
  }

  it("for an agent's message: the receipt is sent only after the customer has it", async () => {
    stack.botpress.faults = allCalls(INITIALIZE, LATE)
    await reply('Look here')
    const message = onlyCall(stack.botpress.log.calls.filter(isCallOf(INITIALIZE)))
    const receipt = onlyCall(stack.hubspot.log.calls.filter(isCallOf(RECEIPT)))
    expect(receipt.startedAt).toBeGreaterThanOrEqual(endOf(message))
  })

  it("of a starting session are concurrent unless one needs the other's result", async () => {
    const input = { name: 'Ada', email: 'ada@customers.example.org' }
    const { output } = await stack.botpress.action('createUser', input)
    const { userId } = z.object({ userId: z.string() }).parse(output)
    await stack.restartIntegration()
    stack.botpress.log.clear()
    stack.botpress.faults = allCalls(READ, LATE)
    await stack.botpress.action('startHitl', { userId, messageHistory: [] })
    expect(overlapping(stack.botpress.log.calls)).toEqual(['channel', 'tokens', userId].sort())
  })

  it("for an agent's first message in a process are concurrent unless one needs the other's result", async () => {
    stack.botpress.faults = allCalls(READ, LATE)
    await reply('Once more')
    expect(overlapping(stack.botpress.log.calls)).toEqual(['channel', 'tokens'])
  })
})

const endOf = ({ startedAt, durationMs }: Call): number => startedAt + Math.floor(durationMs)

/** The last path segments of the calls, if each began before any of them ended. */
function overlapping(calls: readonly Call[]): string[] {
  const reads = calls.filter(isCallOf(READ))
  const firstEnd = Math.min(...reads.map(endOf))
  return reads
    .filter(({ startedAt }) => startedAt < firstEnd)
    .map(({ path }) => path.split('/').at(-1) ?? '')
    .sort()
}

function onlyCall([call, ...others]: readonly Call[]): Call {
  if (!call || others.length > 0) throw new Error(`There were ${others.length + (call ? 1 : 0)} such calls`)
  return call
}
