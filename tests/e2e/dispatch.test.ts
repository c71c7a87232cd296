import { describe, expect, it } from 'vitest'
import type { Call } from '../../sandbox/http/call-log'
import { startStack, type Stack } from '../../sandbox/stack'
import { timeOf } from '../support/clock'
import {
  allCalls,
  BOTPRESS_REFUSES,
  callsOf,
  CHANGE_CONVERSATION,
  firstCalls,
  LOOK_UP,
  NEW_EVENT,
  RECEIPT,
  slow,
  status,
  THREAD,
  type Target,
} from '../support/faults'
import { usesOneStack } from '../support/one-stack'
import { linkedSession, told } from '../support/session'
import { changeStoredTokens } from '../support/tokens'
import { ALAN, assigned, closed, deliver, GRACE, sent } from '../support/webhooks'

const STATES: Target = { method: 'GET', path: /\/states\// }
const DONE = { status: 200, body: '{}' }
const AGAIN = { status: 503, body: '{"error":"Not everything could be handled. Send it again."}' }

let stack: Stack
usesOneStack((started) => {
  stack = started
})

/** How many of the calls were under way at once, at most. */
function mostAtOnce(calls: readonly Call[]): number {
  const during = (time: number) =>
    calls.filter(({ startedAt, durationMs }) => startedAt <= time && time < startedAt + durationMs).length
  return Math.max(...calls.map(({ startedAt }) => during(startedAt)))
}

describe('a batch', () => {
  it('is handled with 25 threads at once and no more', async () => {
    const at = Date.now() - 3_600_000
    const batch = Array.from({ length: 60 }, (_, n) => closed(stack, { threadId: String(5_000_000 + n), at }))
    stack.botpress.log.clear()
    stack.botpress.faults = allCalls(LOOK_UP, slow(200))
    expect(await deliver(stack, batch)).toEqual(DONE)
    expect(callsOf(stack.botpress, LOOK_UP)).toHaveLength(60)
    expect(mostAtOnce(callsOf(stack.botpress, LOOK_UP))).toBeGreaterThan(20)
    expect(mostAtOnce(callsOf(stack.botpress, LOOK_UP))).toBeLessThanOrEqual(25)
  })

  it('does not wait for itself if a thread is called like what a refresh of tokens waits for', async () => {
    stack.hubspot.faults = firstCalls(THREAD, status(401))
    expect(await deliver(stack, [{ ...assigned(stack, { threadId: '1' }), objectId: 'tokens' }])).toEqual(DONE)
  })

  it('has its threads handled in order of time, whatever the order in which HubSpot sends the events', async () => {
    const session = await linkedSession(stack)
    const at = Date.now()
    const events = [
      closed(stack, { ...session, at: at + 2 }),
      assigned(stack, { ...session, at: at + 1, actorId: ALAN }),
      assigned(stack, { ...session, at }),
    ]
    expect(await deliver(stack, events)).toEqual(DONE)
    expect(told(stack, session)).toEqual(['hitlAssigned', 'hitlAssigned', 'hitlStopped'])
  })

  it('of which an event fails lets no later one of its thread overtake it, and the log says what failed', async () => {
    const two = [await linkedSession(stack), await linkedSession(stack)]
    const at = Date.now()
    const events = two.flatMap((session) => [
      assigned(stack, { ...session, at }),
      closed(stack, { ...session, at: at + 1 }),
    ])
    stack.botpress.faults = firstCalls(NEW_EVENT, BOTPRESS_REFUSES)
    const logged = stack.log.length
    expect(await deliver(stack, events)).toEqual(AGAIN)
    const whole = ['hitlAssigned', 'hitlStopped']
    expect(two.map((session) => told(stack, session)).sort((a, b) => a.length - b.length)).toEqual([[], whole])
    expect(stack.log.slice(logged)).toEqual([
      expect.stringMatching(/^warn: A HubSpot event failed and will come again: \w+$/),
    ])
    expect(await deliver(stack, events)).toEqual(DONE)
    expect(two.map((session) => told(stack, session))).toEqual([whole, whole])
  })

  it('that HubSpot makes fail is logged with the kind of failure and the id to ask HubSpot support about', async () => {
    stack.hubspot.faults = allCalls(THREAD, status(503, { 'retry-after': '60' }))
    const logged = stack.log.length
    expect(await deliver(stack, [assigned(stack, { threadId: '4711' })])).toEqual(AGAIN)
    stack.hubspot.faults = undefined
    expect(stack.log.slice(logged)).toEqual([
      expect.stringMatching(
        /^warn: A HubSpot event failed and will come again: HubSpot unavailable, correlation id \S+$/,
      ),
    ])
  })

  it('that comes twice at once is handled one after the other', async () => {
    const session = await linkedSession(stack)
    const event = assigned(stack, session)
    stack.botpress.faults = allCalls(LOOK_UP, slow(50))
    expect(await Promise.all([deliver(stack, [event]), deliver(stack, [event])])).toEqual([DONE, DONE])
    expect(told(stack, session)).toEqual(['hitlAssigned'])
    expect(mostAtOnce(callsOf(stack.botpress, LOOK_UP))).toBe(1)
  })
})

describe.each([
  ['an assignment', assigned],
  ['the end of a thread', closed],
])('%s', (_event, eventOf) => {
  it.each([
    ['event', NEW_EVENT],
    ['mark', CHANGE_CONVERSATION],
  ])('is answered when Botpress has its %s', async (_what, target) => {
    const session = await linkedSession(stack)
    stack.botpress.faults = allCalls(target, slow(300))
    expect(await timeOf(() => sent(stack, eventOf(stack, session)))).toBeGreaterThan(295)
  })
})

describe('an event', () => {
  it('of our app and account, or that names neither, is for us; of another app or account it is not', async () => {
    const session = await linkedSession(stack)
    const at = Date.now()
    const { appId: _app, portalId: _portal, ...bare } = assigned(stack, { ...session, at })
    const others = [
      { ...closed(stack, { ...session, at: at + 1 }), appId: 4711 },
      { ...closed(stack, { ...session, at: at + 1 }), portalId: 4711 },
    ]
    for (const event of [bare, ...others]) expect(await deliver(stack, [event])).toEqual(DONE)
    expect(told(stack, session)).toEqual(['hitlAssigned'])
    expect(await deliver(stack, [...others, closed(stack, { ...session, at: at + 2 })])).toEqual(DONE)
    expect(told(stack, session)).toEqual(['hitlAssigned', 'hitlStopped'])
  })

  it("reaches a process that has nothing in memory, and an agent's message finds account and channel side by side", async () => {
    const session = await linkedSession(stack)
    await stack.restartIntegration()
    expect(await deliver(stack, [assigned(stack, session)])).toEqual(DONE)
    expect(told(stack, session)).toEqual(['hitlAssigned'])
    await stack.restartIntegration()
    stack.botpress.log.clear()
    stack.botpress.faults = firstCalls(STATES, slow(200), slow(200))
    const written = {
      type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
      channelId: stack.hubspot.channels()[0]?.id,
      message: { id: 'm-1', conversationsThreadId: session.threadId, createdBy: GRACE, text: 'Hello' },
    }
    expect(await deliver(stack, written)).toEqual(DONE)
    expect(callsOf(stack.hubspot, RECEIPT).filter(({ path }) => path.endsWith('/m-1'))).toHaveLength(1)
    expect(callsOf(stack.botpress, STATES).map(({ path }) => path.split('/').at(-1))).toEqual(
      expect.arrayContaining(['tokens', 'channel']),
    )
    expect(mostAtOnce(callsOf(stack.botpress, STATES))).toBe(2)
  })

  it('of the account that another process has just connected is for us, and one beside it that names none', async () => {
    const session = await linkedSession(stack)
    await deliver(stack, [assigned(stack, session)])
    await changeStoredTokens(stack, { portalId: '4711' })
    stack.botpress.log.clear()
    const at = Date.now() - 3_600_000
    const event = { ...closed(stack, { threadId: '4712', at }), portalId: 4711 }
    const { portalId: _, ...bare } = closed(stack, { threadId: '4713', at })
    expect(await deliver(stack, [bare, event])).toEqual(DONE)
    expect(callsOf(stack.botpress, LOOK_UP)).toHaveLength(2)
    await changeStoredTokens(stack, { portalId: String(stack.hubspot.portalId) })
  })

  it('costs no look at the state once account and channel are known, and an assignment never one at the channel', async () => {
    const session = await linkedSession(stack)
    await stack.restartIntegration()
    stack.botpress.log.clear()
    const at = Date.now()
    await deliver(stack, [assigned(stack, { ...session, at })])
    const { portalId: _, ...bare } = closed(stack, { ...session, at: at + 2 })
    await deliver(stack, [assigned(stack, { ...session, at: at + 1, actorId: ALAN }), bare])
    expect(told(stack, session)).toEqual(['hitlAssigned', 'hitlAssigned', 'hitlStopped'])
    expect(callsOf(stack.botpress, STATES).map(({ path }) => path.split('/').at(-1))).toEqual(['tokens'])
  })

  it.each<[unknown[], number]>([
    [[], 200],
    [[{ subscriptionType: 'conversation.newMessage' }], 200],
    [[{ subscriptionType: 'conversation.propertyChange' }], 400],
  ])('of no kind for us, or that cannot be read and is no message, costs nothing: %j', async (body, answer) => {
    await stack.restartIntegration()
    stack.botpress.log.clear()
    expect((await deliver(stack, body)).status).toBe(answer)
    expect(stack.botpress.log.calls).toEqual([])
  })

  it('that cannot be read is reported to the agent who waits for it, in our account and channel only', async () => {
    const { portalId } = stack.hubspot
    const ours = { portalId, channelId: stack.hubspot.channels()[0]?.id }
    const unreadable = (id: string, of: { portalId: number; channelId: string | undefined }) => ({
      type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
      ...of,
      message: { id },
    })
    stack.hubspot.log.clear()
    const events = [
      unreadable('ours', ours),
      unreadable('of-no-channel', { ...ours, channelId: undefined }),
      unreadable('of-another-account', { ...ours, portalId: 4711 }),
      unreadable('of-another-channel', { ...ours, channelId: '4711' }),
    ]
    expect((await deliver(stack, events)).status).toBe(400)
    const receipts = callsOf(stack.hubspot, RECEIPT)
    expect(receipts.map(({ path, requestBody }) => [path.split('/').at(-1), JSON.parse(requestBody)])).toEqual([
      ['ours', expect.objectContaining({ statusType: 'FAILED' })],
      ['of-no-channel', expect.objectContaining({ statusType: 'FAILED' })],
    ])
  })

  it('of an account of the channel is checked with HubSpot, in our account only', async () => {
    const [channel] = stack.hubspot.channels()
    const [account] = stack.hubspot.accounts(channel?.id ?? '')
    const lost = (portalId: number) =>
      deliver(stack, { type: 'CHANNEL_ACCOUNT_UPDATED', portalId, channelAccountId: account?.id, authorized: false })
    stack.hubspot.log.clear()
    expect(await lost(4711)).toEqual(DONE)
    expect(stack.hubspot.log.calls).toEqual([])
    expect(await lost(stack.hubspot.portalId)).toEqual(DONE)
    expect(stack.hubspot.log.calls).toHaveLength(1)
  })

  // Last, because it takes the place of the stack.
  it('before the first connection is for no one, and costs one look', async () => {
    await stack.close()
    stack = await startStack({ isConnected: false })
    const { portalId: _, ...bare } = closed(stack, { threadId: '4711' })
    expect(await deliver(stack, [bare])).toEqual(DONE)
    expect(callsOf(stack.botpress, STATES)).toHaveLength(stack.botpress.log.calls.length)
    expect(stack.hubspot.log.calls).toEqual([])
  })
})
