import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { BotpressError } from '../../sandbox/botpress/errors'
import type { Fault } from '../../sandbox/http/faults'
import { messageInput, testClient, threadOf } from '../../sandbox/hubspot/testing'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import * as faults from '../support/faults'
import { allCalls, changed, firstCalls, isCallOf, status, type Target } from '../support/faults'
import { eventsOf, openSession, timesSeen, type OpenSession } from '../support/session'
import { ALAN, assigned, closed, deliver, GRACE } from '../support/webhooks'

const CHANGE_USER: Target = { method: 'PUT', path: /\/users\/[^/]+$/ }

let stack: Stack
let back = () => {}
let sessions = 0

beforeAll(async () => {
  stack = await startStack()
  await stack.botpress.register()
})
afterEach(() => {
  stack.hubspot.faults = undefined
  stack.botpress.faults = undefined
  back()
})
afterAll(async () => stack.close())

/** The clock of the integration, from now on and until the end of the test. */
function pass(ms: number): void {
  const before = back
  const undo = clockAhead(ms)
  back = () => {
    undo()
    before()
    back = () => {}
  }
}

async function young(): Promise<OpenSession> {
  const session = await openSession(stack, `Customer ${++sessions}`)
  await stack.settled()
  stack.hubspot.log.clear()
  stack.botpress.log.clear()
  return session
}

/** A session that the plugin has linked long ago. */
async function linked(): Promise<OpenSession> {
  const session = await young()
  pass(3_000)
  return session
}

/** A session whose agent the plugin has announced long ago: nothing waits. */
async function withAgent(): Promise<OpenSession> {
  const session = await linked()
  await sent(assigned(stack, session))
  pass(3_000)
  return session
}

const DONE = 200
const AGAIN = 503

const sent = async (...events: unknown[]): Promise<number> => (await deliver(stack, events)).status
const told = ({ conversationId }: OpenSession) =>
  eventsOf(stack, conversationId).filter((type) => type.startsWith('hitl'))
const tagsOf = (session: OpenSession) =>
  stack.botpress.conversations.find(({ id }) => id === session.conversationId)?.tags ?? {}
const callsOf = (target: Target) => stack.botpress.log.calls.filter(isCallOf(target))
const slow = (ms: number): Fault => ({ kind: 'delay', ms })

/** Milliseconds until the answer. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const newEvent = z.object({ type: z.string(), schedule: z.object({ delay: z.number() }).optional() })
/** What the bot was sent for the HITL plugin. */
const newEvents = () =>
  callsOf(faults.NEW_EVENT)
    .map(({ requestBody }) => newEvent.parse(JSON.parse(requestBody)))
    .filter(({ type }) => type.startsWith('hitl'))

describe('an assignment', () => {
  it('of a session that the bot is still linking reaches the bot when it listens, and later at once', async () => {
    const session = await young()
    expect(await sent(assigned(stack, session))).toBe(DONE)
    const [early] = newEvents()
    expect(early?.schedule?.delay).toBeGreaterThan(500)
    expect(early?.schedule?.delay).toBeLessThanOrEqual(1_500)
    pass(1_500)
    expect(await sent(assigned(stack, { ...session, at: Date.now() + 1, actorId: ALAN }))).toBe(DONE)
    expect(newEvents()[1]).toMatchObject({ type: 'hitlAssigned' })
    expect(newEvents()[1]).not.toHaveProperty('schedule')
  })

  it('does not wait longer than that, though the clock of Botpress is minutes ahead', async () => {
    const session = await young()
    pass(-240_000)
    await sent(assigned(stack, session))
    expect(newEvents()[0]?.schedule?.delay).toBe(1_500)
  })

  it('is stale beside another one of the same instant, and of an earlier one', async () => {
    const session = await linked()
    const at = Date.now()
    await sent(assigned(stack, { ...session, at }))
    await sent(assigned(stack, { ...session, at, actorId: ALAN }))
    await sent(assigned(stack, { ...session, at: at - 1, actorId: ALAN }))
    expect(told(session)).toEqual(['hitlAssigned'])
    expect(tagsOf(session)).toMatchObject({ assignedTo: GRACE, assignedAt: String(at) })
  })

  it('to the agent who has the session already is not told again, and makes earlier ones stale', async () => {
    const session = await linked()
    const at = Date.now()
    await sent(assigned(stack, { ...session, at }))
    await sent(assigned(stack, { ...session, at: at + 10 }))
    await sent(assigned(stack, { ...session, at: at + 5, actorId: ALAN }))
    expect(told(session)).toEqual(['hitlAssigned'])
    expect(tagsOf(session)).toMatchObject({ assignedTo: GRACE, assignedAt: String(at + 10) })
  })

  it('to no one is remembered, so that the same agent is announced again', async () => {
    const session = await linked()
    const at = Date.now()
    await sent(assigned(stack, { ...session, at }))
    await sent(assigned(stack, { ...session, at: at + 1, actorId: '' }))
    expect([told(session), tagsOf(session)['assignedTo'] ?? '']).toEqual([['hitlAssigned'], ''])
    await sent(assigned(stack, { ...session, at: at + 2 }))
    expect(told(session)).toEqual(['hitlAssigned', 'hitlAssigned'])
  })

  it('to no one makes the next message announce its author again', async () => {
    const session = await withAgent()
    await sent(assigned(stack, { ...session, at: Date.now(), actorId: '' }))
    stack.hubspot.agent.reply(session.threadId, { actorId: GRACE, text: 'Here I am again' })
    await stack.settled()
    expect(told(session)).toEqual(['hitlAssigned', 'hitlAssigned'])
  })

  it('to something automated is not announced', async () => {
    const session = await linked()
    await sent(assigned(stack, { ...session, actorId: 'L-7' }))
    expect([told(session), tagsOf(session)['assignedTo']]).toEqual([[], 'L-7'])
  })

  it('after the end changes nothing', async () => {
    const session = await linked()
    await sent(closed(stack, { ...session, at: Date.now() }))
    const before = tagsOf(session)
    await sent(assigned(stack, { ...session, at: Date.now() + 5_000 }))
    expect([told(session), tagsOf(session)]).toEqual([['hitlStopped'], before])
  })

  it.each([
    ['event', faults.NEW_EVENT],
    ['mark', faults.CHANGE_CONVERSATION],
  ])('is answered when Botpress has its %s', async (_what, target) => {
    const session = await linked()
    stack.botpress.faults = allCalls(target, slow(300))
    expect(await timeOf(() => sent(assigned(stack, session)))).toBeGreaterThan(295)
  })

  it('whose event Botpress does not take is announced when HubSpot sends it again', async () => {
    const session = await linked()
    const event = assigned(stack, session)
    const refused = status(400, {}, new BotpressError('InvalidPayload', 'No.').toBody())
    stack.botpress.faults = firstCalls(faults.NEW_EVENT, refused)
    expect([await sent(event), tagsOf(session)['assignedTo'] ?? '']).toEqual([AGAIN, ''])
    expect([await sent(event), told(session)]).toEqual([DONE, ['hitlAssigned']])
    expect(tagsOf(session)).toMatchObject({ assignedTo: GRACE })
  })
})

describe('an assignment of a thread of our channel that has no session', () => {
  /** Such as a thread whose session is still being opened. */
  async function threadAlone(): Promise<string> {
    const [channel] = stack.hubspot.channels()
    const [account] = stack.hubspot.accounts(channel?.id ?? '')
    const { api } = await testClient(stack.hubspot)
    const opening = messageInput(account?.id ?? '', { integrationThreadId: 'of-an-earlier-installation' })
    return threadOf(await api('POST', `/conversations/v3/custom-channels/${channel?.id}/messages`, opening))
  }

  it('waits for it and comes again while it is new, and is dropped at once later', async () => {
    const threadId = await threadAlone()
    const ms = await timeOf(async () => expect(await sent(assigned(stack, { threadId }))).toBe(AGAIN))
    expect(ms).toBeGreaterThan(1_500)
    stack.hubspot.log.clear()
    expect(await sent(assigned(stack, { threadId, at: Date.now() - 61_000 }))).toBe(DONE)
    expect(stack.hubspot.log.calls).toEqual([])
  })
})

it("an agent's changed name, picture or address is written, an unchanged one is not", async () => {
  const agent = () => stack.botpress.users.find(({ tags }) => tags['actorId'] === ALAN)

  /** Assigns a new session to Alan, whom HubSpot now describes like that. Resolves to how often Alan was written. */
  async function announce(change: Record<string, unknown>): Promise<number> {
    const session = await linked()
    // What is known of an agent holds for ten minutes in one process.
    await stack.restartIntegration()
    stack.hubspot.faults = changed(faults.ACTOR, (actor) => ({ ...actor, ...change }))
    expect(await sent(assigned(stack, { ...session, actorId: ALAN, at: Date.now() }))).toBe(DONE)
    expect(told(session)).toEqual(['hitlAssigned'])
    return callsOf(CHANGE_USER).length
  }

  await announce({})
  const name = { name: 'Alan Renamed' }
  expect([await announce(name), agent()?.name]).toEqual([1, 'Alan Renamed'])
  const avatar = { ...name, avatar: 'https://x.test/new.png' }
  expect([await announce(avatar), agent()?.pictureUrl]).toEqual([1, 'https://x.test/new.png'])
  const email = { ...avatar, email: 'new@x.test' }
  expect([await announce(email), agent()?.tags['agentEmail']]).toEqual([1, 'new@x.test'])
  expect(await announce(email)).toBe(0)
})

it('an agent whom HubSpot does not describe this time keeps the name that is known', async () => {
  const agent = () => stack.botpress.users.find(({ tags }) => tags['actorId'] === GRACE)
  await sent(assigned(stack, { ...(await linked()), actorId: GRACE, at: Date.now() }))
  const known = agent()?.name
  expect(known).toBe('Grace Sample')
  const session = await linked()
  await stack.restartIntegration()
  stack.hubspot.faults = allCalls(faults.ACTOR, status(403))
  expect(await sent(assigned(stack, { ...session, actorId: GRACE, at: Date.now() }))).toBe(DONE)
  expect(told(session)).toEqual(['hitlAssigned'])
  expect(agent()?.name).toBe(known)
})

describe('the end of a thread', () => {
  it.each([
    ['event', faults.NEW_EVENT],
    ['mark', faults.CHANGE_CONVERSATION],
  ])('is answered when Botpress has its %s', async (_what, target) => {
    const session = await linked()
    stack.botpress.faults = allCalls(target, slow(300))
    expect(await timeOf(() => sent(closed(stack, session)))).toBeGreaterThan(295)
  })

  it('whose event Botpress does not take is not marked, so that it is told when HubSpot sends it again', async () => {
    const session = await linked()
    const event = closed(stack, session)
    const refused = status(400, {}, new BotpressError('InvalidPayload', 'No.').toBody())
    stack.botpress.faults = firstCalls(faults.NEW_EVENT, refused)
    expect([await sent(event), tagsOf(session)['closedAt']]).toEqual([AGAIN, undefined])
    expect([await sent(event), told(session)]).toEqual([DONE, ['hitlStopped']])
    expect(tagsOf(session)).toMatchObject({ endedBy: 'agent', closedAt: String(event['occurredAt']) })
  })

  it('is told again if it comes more than two seconds from the first', async () => {
    const session = await linked()
    const at = Date.now()
    await sent(closed(stack, { ...session, at }))
    for (const ms of [0, 2_000, -2_000]) await sent(closed(stack, { ...session, at: at + ms }))
    expect(told(session)).toEqual(['hitlStopped'])
    await sent(closed(stack, { ...session, at: at + 2_001 }))
    expect(told(session)).toEqual(['hitlStopped', 'hitlStopped'])
    expect(tagsOf(session)['closedAt']).toBe(String(at))
  })

  it('that is not ours, or that the bot has ended itself, is not told', async () => {
    expect(await sent(closed(stack, { threadId: '4714', at: Date.now() - 60_000 }))).toBe(DONE)
    const session = await linked()
    await session.customer.end()
    await stack.settled()
    expect(tagsOf(session)).toMatchObject({ endedBy: 'bot' })
    expect(await sent(closed(stack, { ...session, at: Date.now() + 10_000 }))).toBe(DONE)
    expect([told(session), tagsOf(session)['endedBy']]).toEqual([[], 'bot'])
  })

  it('is told at once, but a second after a message whose webhook was lost and which is delivered first', async () => {
    const [quiet, lossy] = [await withAgent(), await withAgent()]
    stack.botpress.log.clear()
    await sent(closed(stack, { ...quiet, at: Date.now() }))
    expect(newEvents()).toEqual([{ type: 'hitlStopped' }])
    stack.botpress.operationFaults = ({ operation }) =>
      operation === 'webhook_received' ? { kind: 'status', status: 200 } : undefined
    stack.hubspot.agent.reply(lossy.threadId, { actorId: GRACE, text: 'Almost lost' })
    await stack.settled()
    stack.botpress.operationFaults = undefined
    expect(timesSeen(lossy.customer, 'Almost lost')).toBe(0)
    await sent(closed(stack, { ...lossy, at: Date.now() }))
    expect(newEvents()[1]).toEqual({ type: 'hitlStopped', schedule: { delay: 1_000 } })
    await stack.settled()
    expect(timesSeen(lossy.customer, 'Almost lost')).toBe(1)
  })

  it('is remembered: a later message is not even tried', async () => {
    const session = await withAgent()
    await sent(closed(stack, { ...session, at: Date.now() }))
    stack.botpress.log.clear()
    stack.hubspot.agent.reply(session.threadId, { actorId: GRACE, text: 'Too late' })
    await stack.settled()
    expect(callsOf(faults.INITIALIZE).filter(({ requestBody }) => requestBody.includes('Too late'))).toEqual([])
  })

  it('of a session that the bot is still linking reaches the bot when it listens', async () => {
    const session = await young()
    await sent(closed(stack, session))
    expect(newEvents()[0]?.schedule?.delay).toBeGreaterThan(500)
  })
})

describe("an agent's message", () => {
  let messages = 0

  type Written = { text?: string; actorId?: string; channelId?: string; appId?: string; richText?: string }

  /** A webhook with one message, as HubSpot's channel writes it. */
  function message(threadId: string, { actorId = GRACE, channelId, appId, ...words }: Written = {}) {
    const id = `message-${++messages}`
    return {
      type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
      portalId: stack.hubspot.portalId,
      channelId: channelId ?? stack.hubspot.channels()[0]?.id,
      channelIntegrationThreadIds: [
        stack.botpress.conversations.find(({ tags }) => tags['id'] === threadId)?.tags['integrationThreadId'],
      ].flatMap((known) => known ?? []),
      message: {
        id,
        conversationsThreadId: threadId,
        createdBy: actorId,
        text: `Hello ${id}`,
        ...words,
        ...(appId === undefined ? {} : { client: { clientType: 'INTEGRATION', integrationAppId: Number(appId) } }),
      },
    }
  }

  const receipt = z.object({ statusType: z.string(), errorMessage: z.string().optional() })
  const receiptsOf = ({ message: { id } }: ReturnType<typeof message>) =>
    stack.hubspot.log.calls
      .filter((call) => isCallOf(faults.RECEIPT)(call) && call.path.endsWith(id))
      .map(({ requestBody }) => Object.values(receipt.parse(JSON.parse(requestBody))).join(': '))
  const seen = ({ customer }: OpenSession, { message: { text } }: ReturnType<typeof message>) =>
    timesSeen(customer, text)

  it('is ignored if our own app has sent it, or if it belongs to another channel', async () => {
    const session = await withAgent()
    const ours = message(session.threadId, { appId: stack.hubspot.app.appId })
    const others = message(session.threadId, { channelId: '4711' })
    expect([await sent(ours), await sent(others)]).toEqual([DONE, DONE])
    await stack.settled()
    expect([...receiptsOf(ours), ...receiptsOf(others), seen(session, ours), seen(session, others)]).toEqual([0, 0])
    const anotherApp = message(session.threadId, { appId: '4711' })
    await sent(anotherApp)
    expect(receiptsOf(anotherApp)).toEqual(['SENT'])
  })

  it('without anything to show fails with a sentence that says so', async () => {
    const session = await linked()
    const empty = message(session.threadId, { text: ' ', richText: '<p></p>' })
    expect(await sent(empty)).toBe(DONE)
    expect(receiptsOf(empty)).toEqual([
      'FAILED: Not delivered: there is no text or file in this message that the customer could see.',
    ])
  })

  it('in a thread that the bot did not start fails with a sentence that says so, and leaves nothing behind', async () => {
    const before = stack.botpress.conversations.length
    const foreign = message('4711')
    const unknown = { ...message('4712'), channelIntegrationThreadIds: ['bp-1700000000000-unknown'] }
    expect([await sent(foreign), await sent(unknown)]).toEqual([DONE, DONE])
    const sentence =
      'FAILED: Not delivered: this conversation did not come from the bot, so there is no customer to send it to.'
    expect([...receiptsOf(foreign), ...receiptsOf(unknown)]).toEqual([sentence, sentence])
    expect(stack.botpress.conversations).toHaveLength(before)
  })

  it('after the end fails with a sentence that says so, unless the customer has it already', async () => {
    const session = await withAgent()
    const [early, late] = [message(session.threadId), message(session.threadId)]
    await sent(early)
    await sent(closed(stack, { ...session, at: Date.now() }))
    await sent(early)
    await sent(late)
    expect(receiptsOf(early)).toEqual(['SENT', 'SENT'])
    const ended = 'FAILED: Not delivered: the session has ended and the customer is back with the bot.'
    expect(receiptsOf(late)).toEqual([ended])
    // A process that does not know yet that the session has ended finds it out.
    await stack.restartIntegration()
    await sent(late)
    expect(receiptsOf(late)).toEqual([ended, ended])
    expect([seen(session, early), seen(session, late)]).toEqual([1, 0])
  })

  const failing = (code: number, type: string) =>
    status(code, {}, { id: 'err_20261128x1A2B3C4D', code, type, message: 'No.' })

  it.each([
    [400, 'InvalidPayload'],
    [404, 'ResourceNotFound'],
    [413, 'PayloadTooLarge'],
  ])('that Botpress refuses with %i (%s) fails for good', async (code, type) => {
    const session = await withAgent()
    const refused = message(session.threadId)
    stack.botpress.faults = allCalls(faults.INITIALIZE, failing(code, type))
    expect(await sent(refused)).toBe(DONE)
    expect(receiptsOf(refused)).toEqual([
      'FAILED: Not delivered: Botpress refused this message. Try again with plain text.',
    ])
  })

  it.each([
    [400, 'Runtime'],
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [409, 'AlreadyExists'],
    [402, 'PaymentRequired'],
  ])('that Botpress refuses with %i (%s) comes again', async (code, type) => {
    const session = await withAgent()
    const later = message(session.threadId)
    stack.botpress.faults = allCalls(faults.INITIALIZE, failing(code, type))
    expect([await sent(later), receiptsOf(later)]).toEqual([AGAIN, []])
    stack.botpress.faults = undefined
    expect([await sent(later), receiptsOf(later)]).toEqual([DONE, ['SENT']])
    await stack.settled()
    expect(seen(session, later)).toBe(1)
  })

  it('of several parts announces its author once, before the first part, and not if an agent has the session', async () => {
    const session = await linked()
    const richText = '<p>a</p><img src="https://a.example/1"><p>b</p>'
    await sent(message(session.threadId, { richText }))
    expect(told(session)).toEqual(['hitlAssigned'])
    expect(tagsOf(session)).toMatchObject({ assignedTo: GRACE })
    await sent(message(session.threadId, { actorId: ALAN }))
    expect(told(session)).toEqual(['hitlAssigned'])
    await stack.settled()
    const shown = session.customer.messages().filter(({ who }) => who === 'agent')
    expect(shown.slice(0, 3).map(({ type }) => type)).toEqual(['text', 'image', 'text'])
  })

  it('of something automated announces no one', async () => {
    const session = await linked()
    await sent(message(session.threadId, { actorId: 'L-7' }))
    expect([told(session), tagsOf(session)['assignedTo']]).toEqual([[], undefined])
  })

  it('waits until the bot listens in a young session, and not at all in an old one', async () => {
    const session = await young()
    expect(await timeOf(() => sent(message(session.threadId)))).toBeGreaterThan(1_500)
    expect(await timeOf(() => sent(message(session.threadId)))).toBeLessThan(900)
    const old = await withAgent()
    expect(await timeOf(() => sent(message(old.threadId)))).toBeLessThan(900)
  })

  it('of a session that an agent has is delivered without a look-up, by one call', async () => {
    const session = await withAgent()
    stack.botpress.log.clear()
    await sent(message(session.threadId))
    expect(stack.botpress.log.calls.map(({ path }) => path.split('/').at(-1))).toEqual(['initialize-incoming-message'])
  })

  it('that overtakes the opening of its session waits two seconds for it, looks five times a second, and comes again', async () => {
    const early = { ...message('4713'), channelIntegrationThreadIds: [`bp-${Date.now()}-early`] }
    stack.botpress.log.clear()
    const logged = stack.log.length
    const ms = await timeOf(async () => expect(await sent(early)).toBe(AGAIN))
    expect(ms).toBeGreaterThan(1_500)
    expect(ms).toBeLessThan(3_900)
    const lookUps = callsOf(faults.LOOK_UP).length
    expect([lookUps >= 5, lookUps <= 11]).toEqual([true, true])
    expect(stack.log.slice(logged)).toEqual([
      'warn: A HubSpot event failed and will come again: A session is still being opened',
    ])
    expect(receiptsOf(early)).toEqual([])
  })

  it('is answered when HubSpot has the receipt', async () => {
    const session = await withAgent()
    stack.hubspot.faults = allCalls(faults.RECEIPT, slow(300))
    expect(await timeOf(() => sent(message(session.threadId)))).toBeGreaterThan(295)
  })
})
