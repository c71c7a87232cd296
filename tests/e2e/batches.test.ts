import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../../sandbox/http/call-log'
import { defaultSwitches } from '../../sandbox/hubspot/switches'
import { startStack, type Stack } from '../../sandbox/stack'
import { allCalls, isCallOf, LOOK_UP, NEW_EVENT, RECEIPT, status } from '../support/faults'
import { forgeries, genuine, post, signedTheOldWay } from '../support/forgeries'
import { brokenBodies, brokenEvents } from '../support/mutations'
import { eventsOf, openSession, sessionsAreLinked, timesSeen, type OpenSession } from '../support/session'
import { ALAN, assigned, closed, deliver, GRACE, takenAndClosed, type AppEvent } from '../support/webhooks'

const DONE = { status: 200, body: '{}' }
const UNREADABLE = { status: 400, body: '{"error":"The body is not an event of HubSpot."}' }
const FORGED = { status: 401, body: '{"error":"The signature is missing or wrong."}' }
const AGAIN = { status: 503, body: '{"error":"Not everything could be handled. Send it again."}' }

let stack: Stack
let sessions: OpenSession[]

beforeAll(async () => {
  stack = await startStack()
  await stack.botpress.register()
  sessions = await Promise.all(Array.from({ length: 70 }, (_, n) => openSession(stack, `Customer ${n}`)))
  await sessionsAreLinked(stack)
  await stack.settled()
})
beforeEach(() => {
  stack.hubspot.log.clear()
  stack.botpress.log.clear()
})
afterEach(() => {
  stack.botpress.faults = undefined
  Object.assign(stack.hubspot.switches, defaultSwitches)
})
afterAll(async () => stack.close())

/** New sessions, not shared with other tests. */
function fresh(count: number): OpenSession[] {
  const taken = sessions.splice(0, count)
  if (taken.length < count) throw new Error('Too few sessions were opened')
  return taken
}
function one(): OpenSession {
  const [session] = fresh(1)
  if (!session) throw new Error('Too few sessions were opened')
  return session
}

const told = (those: OpenSession[]) => those.map(({ conversationId }) => eventsOf(stack, conversationId))
const calls = () => [...stack.botpress.log.calls, ...stack.hubspot.log.calls]
/** Everything that an event can change. */
const effects = () => {
  const { botpress } = stack
  const writes = stack.hubspot.log.calls.filter((call) => call.method !== 'GET' && !isFailureReceipt(call))
  return [botpress.messages, botpress.events, botpress.conversations, botpress.users, writes].map(
    ({ length }) => length,
  )
}

/** Tells an agent that nothing has happened. */
const isFailureReceipt = (call: Call): boolean =>
  isCallOf(RECEIPT)(call) && call.requestBody.includes('"statusType":"FAILED"')

describe('a batch of events', () => {
  it('of a hundred is handled in order of each thread', async () => {
    const fifty = fresh(50)
    stack.hubspot.switches.latencyMs = 50
    stack.botpress.faults = () => ({ kind: 'delay', ms: 50 })
    expect(await deliver(stack, takenAndClosed(stack, fifty))).toEqual(DONE)
    // In the wrong order, an assignment would find an ended session and be skipped.
    expect(told(fifty)).toEqual(fifty.map(() => ['hitlAssigned', 'hitlStopped']))
  })

  it('neither loses nor repeats the other events if one fails', async () => {
    const three = fresh(3)
    const batch = three.map(({ threadId }) => assigned(stack, { threadId }))
    const failing = three[1]?.conversationId
    let call = 0
    stack.botpress.faults = (made) => (isCallOf(NEW_EVENT)(made) && ++call === 2 ? status(500) : undefined)
    expect(await deliver(stack, batch)).toEqual(AGAIN)
    expect(told(three).flat()).toHaveLength(2)
    expect(await deliver(stack, batch)).toEqual(DONE)
    expect(await deliver(stack, batch)).toEqual(DONE)
    expect(told(three)).toEqual(three.map(() => ['hitlAssigned']))
    expect(stack.log.filter((line) => line.includes(String(failing)))).toEqual([])
  })

  it("is answered 503 before HubSpot's timeout, and still takes effect once", async () => {
    const session = one()
    const event = assigned(stack, { threadId: session.threadId })
    stack.botpress.faults = allCalls(LOOK_UP, { kind: 'delay', ms: 4500 })
    const started = performance.now()
    expect(await deliver(stack, [event])).toEqual(AGAIN)
    expect(performance.now() - started).toBeLessThan(4300)
    stack.botpress.faults = undefined
    expect(await deliver(stack, [event])).toEqual(DONE)
    await stack.settled()
    expect(told([session])).toEqual([['hitlAssigned']])
  })

  it('makes no further call once it has been answered 503, and takes effect once when HubSpot sends it again', async () => {
    const some = fresh(8)
    const batch = some.flatMap(({ threadId }, index) =>
      index % 2 === 0 ? [assigned(stack, { threadId })] : [assigned(stack, { threadId }), closed(stack, { threadId })],
    )
    stack.botpress.faults = () => ({ kind: 'delay', ms: 900 })
    expect(await deliver(stack, batch)).toEqual(AGAIN)
    const answeredAt = Date.now()
    await stack.settled()
    await sleep(2_500)
    expect(calls().filter(({ startedAt }) => startedAt > answeredAt)).toEqual([])
    stack.botpress.faults = undefined
    expect(await deliver(stack, batch)).toEqual(DONE)
    await stack.settled()
    expect(told(some)).toEqual(
      some.map((_, index) => (index % 2 === 0 ? ['hitlAssigned'] : ['hitlAssigned', 'hitlStopped'])),
    )
  })

  it('of 50,000 of one thread is answered within seconds, and no call follows', async () => {
    const { threadId } = one()
    const at = Date.now() - 60_000
    const batch = Array.from({ length: 50_000 }, (_, n) => assigned(stack, { threadId, at: at + n }))
    const body = JSON.stringify(batch)
    stack.botpress.faults = () => ({ kind: 'delay', ms: 10 })
    const started = performance.now()
    expect([AGAIN, UNREADABLE]).toContainEqual(await deliver(stack, body))
    // The stand-ins' own work on these 15 MB counts as well.
    expect(performance.now() - started).toBeLessThan(8_000)
    const answeredAt = Date.now()
    await sleep(1_000)
    expect(calls().filter(({ startedAt }) => startedAt > answeredAt)).toEqual([])
  })

  it('handles valid entries next to malformed ones, and later events too', async () => {
    const [good, later] = fresh(2).map(({ threadId, conversationId }) => ({ threadId, conversationId }))
    if (!good || !later) throw new Error('Too few sessions were opened')
    const event = assigned(stack, good)
    const malformed = [{ ...event, objectId: null }, { ...event, occurredAt: 'today' }, 7, null, 'text', []]
    expect(await deliver(stack, [...malformed, event, {}])).toEqual(UNREADABLE)
    expect(eventsOf(stack, good.conversationId)).toEqual(['hitlAssigned'])
    expect(await deliver(stack, [assigned(stack, later)])).toEqual(DONE)
    expect(eventsOf(stack, later.conversationId)).toEqual(['hitlAssigned'])
  })
})

describe('an event that is not for us', () => {
  it('costs no call if it belongs to another app', async () => {
    const { threadId, conversationId } = one()
    expect(await deliver(stack, [{ ...closed(stack, { threadId }), appId: 4711 }])).toEqual(DONE)
    expect(calls()).toEqual([])
    expect(eventsOf(stack, conversationId)).toEqual([])
  })

  it('costs one look-up of the connection if it belongs to another account', async () => {
    const { threadId, conversationId } = one()
    expect(await deliver(stack, [{ ...closed(stack, { threadId }), portalId: 4711 }])).toEqual(DONE)
    expect(calls().map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual(['GET tokens'])
    expect(eventsOf(stack, conversationId)).toEqual([])
  })

  it.each([
    ['old', 3_600_000, ['GET /v1/chat/conversations']],
    ['new', 0, ['GET /v1/chat/conversations', 'GET thread']],
  ])('costs one look-up and creates nothing if the thread is not ours: %s', async (_name, age, lookUps) => {
    const { id } = stack.hubspot.visitor.openForeignThread()
    await stack.settled()
    stack.hubspot.log.clear()
    stack.botpress.log.clear()
    const before = effects()
    const logged = stack.log.length
    expect(await deliver(stack, [assigned(stack, { threadId: id, at: Date.now() - age })])).toEqual(DONE)
    const made = calls().map(({ method, path }) => `${method} ${path.endsWith(`/threads/${id}`) ? 'thread' : path}`)
    expect(made).toEqual(lookUps)
    expect(effects()).toEqual(before)
    expect(stack.log.slice(logged).filter((line) => !line.startsWith('debug'))).toEqual([])
  })
})

describe('a webhook that HubSpot did not sign', () => {
  let target: OpenSession
  beforeAll(() => {
    target = one()
  })

  it.each(forgeries)('is refused without a log line: %s', async (_name, forge) => {
    const sent = forge(genuine(stack, [closed(stack, target)]), stack)
    const [before, logged] = [effects(), stack.log.length]
    expect(await post(sent)).toEqual(FORGED)
    expect(calls()).toEqual([])
    expect(effects()).toEqual(before)
    expect(stack.log).toHaveLength(logged)
  })

  it('is turned away with a line in the log that says why: the older signature only', async () => {
    const sent = signedTheOldWay(genuine(stack, [closed(stack, target)]), stack.hubspot.app.clientSecret)
    const [before, logged] = [effects(), stack.log.length]
    expect(await post(sent)).toEqual(FORGED)
    expect(effects()).toEqual(before)
    expect(stack.log.slice(logged)).toEqual([
      expect.stringMatching(/^warn: A webhook from HubSpot was refused: it carries version 1 of the signature only\./),
    ])
  })

  it('does not prevent a genuine one from being handled', async () => {
    expect(await post(genuine(stack, [closed(stack, target)]))).toEqual(DONE)
    expect(told([target])).toEqual([['hitlStopped']])
  })
})

describe('a message that names several sessions', () => {
  it('reaches the newest one, though HubSpot names an ended one first', async () => {
    const { customer, conversationId, threadId } = one()
    const open = await openSession(stack, 'Customer who came back')
    await sessionsAreLinked(stack)
    const idOf = (id: string) =>
      stack.botpress.conversations.find((each) => each.id === id)?.tags['integrationThreadId']
    await deliver(stack, [closed(stack, { threadId })])
    const [channel] = stack.hubspot.channels()
    await deliver(stack, {
      type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
      channelId: channel?.id,
      channelIntegrationThreadIds: ['zz-of-another-app', idOf(conversationId), idOf(open.conversationId)],
      message: { id: 'for-the-newest', conversationsThreadId: open.threadId, createdBy: 3892666, text: 'Here again?' },
    })
    expect(timesSeen(open.customer, 'Here again?')).toBe(1)
    expect(timesSeen(customer, 'Here again?')).toBe(0)
  })
})

describe('a signed webhook of any shape', () => {
  it('gets a proper answer, and has no effect unless it is valid', async () => {
    const { threadId } = one()
    const at = Date.now() - 3_600_000
    const closing = closed(stack, { threadId, at })
    const templates = {
      message: message(threadId),
      assignment: assigned(stack, { threadId, at, actorId: ALAN }),
      closing,
    }
    const events = brokenEvents(templates).map((event) => JSON.stringify([event]))
    const before = effects()
    const property = fc.asyncProperty(
      fc.oneof({ weight: 3, arbitrary: events }, brokenBodies(closing)),
      async (body) => {
        expect([DONE, UNREADABLE]).toContainEqual(await deliver(stack, body))
        expect(effects()).toEqual(before)
      },
    )
    await fc.assert(property, { numRuns: 600, seed: 7 })
  })

  const message = (threadId: string): AppEvent => {
    const [channel] = stack.hubspot.channels()
    const channelId = channel?.id ?? ''
    return {
      type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
      portalId: String(stack.hubspot.portalId),
      channelId,
      message: { id: 'made-up', conversationsThreadId: threadId, senders: [{ actorId: GRACE }], text: 'Hello' },
    }
  }
})
