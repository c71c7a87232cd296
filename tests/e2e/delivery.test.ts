import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Fault } from '../../sandbox/http/faults'
import { defaultSwitches } from '../../sandbox/hubspot/switches'
import { messageInput, testClient, threadOf } from '../../sandbox/hubspot/testing'
import type { Stack } from '../../sandbox/stack'
import { sees } from '../support/chat'
import { clockAhead } from '../support/clock'
import * as faults from '../support/faults'
import { allCalls, firstCalls, isCallOf, status } from '../support/faults'
import { lastMessage, startSecondProcess } from '../support/second-process'
import {
  eventsOf,
  openSession,
  sessionsAreLinked,
  startWithSession,
  timesSeen,
  type OpenSession,
} from '../support/session'
import { latestThread, receiptOf, threadLines } from '../support/thread'
import { ALAN, answersTo, assigned, closed, deliver, GRACE } from '../support/webhooks'

let stack: Stack
let ada: OpenSession

beforeAll(async () => {
  ;({ stack, ada } = await startWithSession())
  stack.hubspot.log.clear()
})
afterEach(() => {
  stack.hubspot.faults = undefined
  stack.botpress.faults = undefined
  Object.assign(stack.hubspot.switches, defaultSwitches)
  stack.botpress.plugin.failures.splice(0)
  stack.hubspot.log.clear()
})
afterAll(async () => stack.close())

/** The customer writes. Resolves to how often the agents see the message once everything has settled. */
async function say(text: string): Promise<number> {
  await ada.customer.say(text)
  await stack.settled()
  return inThread(text)
}
const inThread = (text: string) =>
  threadLines(stack, ada.threadId).filter((line) => line === `customer: ${text}`).length
const failures = () => stack.botpress.plugin.failures.map(({ message }) => message)
const publishing = () => faults.callsOf(stack.hubspot, faults.PUBLISH)

const reply = (text: string) => stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text })

describe("a customer's message", () => {
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString()
  it.each<[string, () => Fault[], number]>([
    ['429 with a time to wait', () => [status(429, { 'retry-after': '1' })], 995],
    ['429 with a date to wait for', () => [status(429, { 'retry-after': inSeconds(2) })], 995],
    ['429 without either', () => [status(429)], 995],
    ['500', () => [status(500), status(500)], 195],
    ['502', () => [status(502), status(502)], 195],
    ['503', () => [status(503), status(503)], 195],
    ['connection resets', () => [{ kind: 'reset' }, { kind: 'reset' }], 195],
    ['responses lost after the call took effect', () => [{ kind: 'answerLost' }, { kind: 'answerLost' }], 195],
  ])('reaches the agent exactly once, and in time, after %s', async (name, planned, leastWaitMs) => {
    stack.hubspot.faults = firstCalls(faults.PUBLISH, ...planned())
    expect(await say(`after ${name}`)).toBe(1)
    expect(publishing()).toHaveLength(planned().length + 1)
    expect(failures()).toEqual([])
    const [first = 0, second = 0] = publishing().map(({ startedAt }) => startedAt)
    expect(second - first).toBeGreaterThanOrEqual(leastWaitMs)
  })

  it.each<[string, Fault, RegExp, number]>([
    // Once more without the contact, which HubSpot may have refused.
    [
      'a refusal',
      status(400),
      /^The message was not delivered to HubSpot: HubSpot refused the request \(status 400, /,
      2,
    ],
    ['a rate limit that lasts too long', status(429, { 'retry-after': '60' }), /API limit was reached\. Try again/, 1],
    ['the daily limit', status(429, {}, { message: 'No.', policyName: 'DAILY' }), /API limit was reached/, 1],
  ])("is not retried after %s, and the owner's log says why", async (name, fault, sentence, calls) => {
    stack.hubspot.faults = allCalls(faults.PUBLISH, fault)
    expect(await say(`never after ${name}`)).toBe(0)
    expect(publishing()).toHaveLength(calls)
    expect(failures()).toEqual([expect.stringMatching(sentence)])
  })

  it('appears once even if Botpress delivers it again, to any process', async () => {
    await say('once, please')
    const another = await startSecondProcess(stack)
    const answers = await Promise.all([another.run(lastMessage(stack)), another.run(lastMessage(stack))])
    await another.close()
    expect(answers.map((answer) => answer.status)).toEqual([200, 200])
    expect(inThread('once, please')).toBe(1)
  })

  it('counts as delivered if HubSpot already has it', async () => {
    stack.hubspot.switches.idempotencyReplay = 'conflict'
    stack.hubspot.faults = firstCalls(faults.PUBLISH, { kind: 'answerLost' })
    expect(await say('conflict')).toBe(1)
    expect(failures()).toEqual([])
  })

  it('arrives in order, each part once, even if one part fails at first', async () => {
    const parts = ['first part', 'second part', 'third part']
    const items = parts.map((text) => ({ type: 'text', payload: { text } }))
    let call = 0
    stack.hubspot.faults = (made) => (isCallOf(faults.PUBLISH)(made) && ++call === 2 ? status(500) : undefined)
    await ada.customer.send({ type: 'bloc', payload: { items } })
    await stack.settled()
    const another = await startSecondProcess(stack)
    await another.run(lastMessage(stack))
    await another.close()
    const lines = threadLines(stack, ada.threadId).filter((line) => line.endsWith(' part'))
    expect(lines).toEqual(parts.map((part) => `customer: ${part}`))
    const ids = publishing().map(({ requestBody }) => /"integrationIdempotencyId":"[^"]+(:\d)"/.exec(requestBody)?.[1])
    expect(ids).toEqual([':0', ':1', ':1', ':2', ':0', ':1', ':2'])
  })
})

describe("an agent's message", () => {
  it.each([
    ['three times', { deliverTimes: 3 }],
    ['ten times, out of order', { deliverTimes: 10, shuffle: 7 }],
  ])('reaches the customer once even if HubSpot delivers it %s', async (name, switches) => {
    Object.assign(stack.hubspot.switches, switches)
    const texts = [1, 2, 3, 4, 5].map((n) => `${n}, ${name}`)
    const ids = texts.map((text) => reply(text).id)
    await stack.settled()
    expect(texts.map((text) => timesSeen(ada.customer, text))).toEqual([1, 1, 1, 1, 1])
    expect(ids.map((id) => receiptOf(stack, ada.threadId, id))).toEqual(Array(5).fill('SENT'))
    expect(answersTo(stack, ids[0] ?? '')).toEqual(Array(switches.deliverTimes).fill(200))
  })

  it.each<[string, Fault[]]>([
    ['answers 500 twice', [status(500), status(500)]],
    ['answers 502', [status(502)]],
    ['resets the connection', [{ kind: 'reset' }]],
    ['loses its response after the call took effect', [{ kind: 'answerLost' }]],
  ])('reaches the customer once even if Botpress %s', async (name, planned) => {
    stack.botpress.faults = firstCalls(faults.INITIALIZE, ...planned)
    const { id } = reply(`Botpress ${name}`)
    await stack.settled()
    expect(timesSeen(ada.customer, `Botpress ${name}`)).toBe(1)
    expect(receiptOf(stack, ada.threadId, id)).toBe('SENT')
    expect(answersTo(stack, id).at(-1)).toBe(200)
  })

  it('is marked as failed with a reason, and not delivered again, if Botpress refuses it', async () => {
    stack.botpress.faults = allCalls(faults.INITIALIZE, faults.BOTPRESS_REFUSES)
    const { id } = reply('refused')
    await stack.settled()
    expect(receiptOf(stack, ada.threadId, id)).toMatch(/^FAILED: Not delivered: Botpress refused this message/)
    expect(answersTo(stack, id)).toEqual([200])
  })

  it('is not delivered again if HubSpot refuses the receipt', async () => {
    stack.hubspot.faults = allCalls(faults.RECEIPT, status(400))
    const { id } = reply('no receipt')
    await stack.settled()
    expect(timesSeen(ada.customer, 'no receipt')).toBe(1)
    expect(answersTo(stack, id)).toEqual([200])
    expect(stack.log.at(-1)).toContain(`did not take the receipt of message ${id} (validation)`)
  })

  it('is not delivered again if HubSpot is unavailable for the receipt', async () => {
    stack.hubspot.faults = allCalls(faults.RECEIPT, status(503))
    const { id } = reply('late receipt')
    await sees(ada.customer, 'late receipt')
    await vi.waitUntil(() => answersTo(stack, id).length > 0, { timeout: 6000 })
    stack.hubspot.faults = undefined
    await stack.settled()
    expect(timesSeen(ada.customer, 'late receipt')).toBe(1)
    expect(answersTo(stack, id)).toEqual([200])
  })
})

describe('the end of a thread', () => {
  it('ends the session once, however often and late HubSpot reports it', async () => {
    const { conversationId, threadId } = await openSession(stack, 'Eve')
    await sessionsAreLinked(stack)
    const at = Date.now() - 1000
    const tenTimes = async (event: unknown) => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(stack, [event])))
      expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200))
    }
    await tenTimes(assigned(stack, { threadId, at }))
    expect(eventsOf(stack, conversationId)).toEqual(['hitlAssigned'])
    await tenTimes(assigned(stack, { threadId, at: at - 1, actorId: ALAN }))
    expect(eventsOf(stack, conversationId)).toEqual(['hitlAssigned'])
    await tenTimes(closed(stack, { threadId, at: at + 1 }))
    await deliver(stack, [
      assigned(stack, { threadId, at: at + 2, actorId: ALAN }),
      closed(stack, { threadId, at: at + 1 }),
    ])
    expect(eventsOf(stack, conversationId)).toEqual(['hitlAssigned', 'hitlStopped'])
  })

  it('has no effect if the bot closed the thread itself', async () => {
    const { customer, conversationId, threadId } = await openSession(stack, 'Dan')
    await customer.end()
    await stack.settled()
    await deliver(stack, [closed(stack, { threadId, at: Date.now() + 10_000 })])
    await stack.settled()
    expect(eventsOf(stack, conversationId)).toEqual([])
  })
})

describe('a session that HubSpot continues in another thread', () => {
  /**
   * The customer writes after HubSpot closed the thread and before its event arrives, so HubSpot opens another thread.
   */
  async function continued(session: OpenSession): Promise<OpenSession> {
    stack.hubspot.switches.closedThread = 'newThread'
    stack.hubspot.setAppWebhook(undefined)
    stack.hubspot.agent.close(session.threadId)
    await session.customer.say('Are you still there?')
    await vi.waitUntil(() => latestThread(stack) !== session.threadId)
    stack.hubspot.setAppWebhook(stack.botpress.webhookUrl)
    return { ...session, threadId: latestThread(stack) }
  }

  it('uses the new thread from then on', async () => {
    const { customer, threadId, conversationId } = await continued(await openSession(stack, 'Zoe'))
    await stack.settled()
    stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'I am, over here' })
    stack.hubspot.agent.close(threadId)
    await stack.settled()
    expect(timesSeen(customer, 'I am, over here')).toBe(1)
    expect(eventsOf(stack, conversationId)).toEqual(['hitlAssigned', 'hitlStopped'])
  })

  it("delivers the agent's reply even before Botpress knows the new thread", async () => {
    const session = await openSession(stack, 'Kim')
    onTestFinished(clockAhead(60_000))
    stack.botpress.faults = allCalls(faults.CHANGE_CONVERSATION, { kind: 'delay', ms: 500 })
    const before = stack.botpress.conversations.length
    const { customer, threadId } = await continued(session)
    stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Already answered' })
    await stack.settled()
    expect(timesSeen(customer, 'Already answered')).toBe(1)
    expect(stack.botpress.conversations).toHaveLength(before)
  })

  it("marks the agent's reply as failed if Botpress does not know the thread", async () => {
    const [channel] = stack.hubspot.channels()
    const [account] = stack.hubspot.accounts(channel?.id ?? '')
    const { api } = await testClient(stack.hubspot)
    const opening = messageInput(account?.id ?? '', { integrationThreadId: 'of-an-earlier-installation' })
    const thread = threadOf(await api('POST', `/conversations/v3/custom-channels/${channel?.id}/messages`, opening))
    const before = stack.botpress.conversations.length
    const { id } = stack.hubspot.agent.reply(thread, { actorId: GRACE, text: 'Anybody?' })
    await stack.settled()
    expect(receiptOf(stack, thread, id)).toMatch(/^FAILED/)
    expect(stack.botpress.conversations).toHaveLength(before)
  })
})
