import { describe, expect, it, onTestFinished } from 'vitest'
import { messageInput, testClient, threadOf } from '../../sandbox/hubspot/testing'
import type { Stack } from '../../sandbox/stack'
import { clockAhead, timeOf } from '../support/clock'
import {
  ACTOR,
  allCalls,
  BOTPRESS_REFUSES,
  callsOf,
  CHANGE_USER,
  changed,
  firstCalls,
  NEW_EVENT,
  status,
} from '../support/faults'
import { usesOneStack } from '../support/one-stack'
import { linkedSession, newEvents, sessionWithAgent, tagsOf, told, youngSession } from '../support/session'
import { ALAN, assigned, closed, GRACE, sent } from '../support/webhooks'

let stack: Stack
usesOneStack((started) => {
  stack = started
})

const DONE = 200
const AGAIN = 503

describe('an assignment', () => {
  it('of a session that the bot is still linking reaches the bot when it listens, and later at once', async () => {
    const session = await youngSession(stack)
    expect(await sent(stack, assigned(stack, session))).toBe(DONE)
    const [early] = newEvents(stack)
    expect(early?.schedule?.delay).toBeGreaterThan(500)
    expect(early?.schedule?.delay).toBeLessThanOrEqual(1_500)
    onTestFinished(clockAhead(1_500))
    expect(await sent(stack, assigned(stack, { ...session, at: Date.now() + 1, actorId: ALAN }))).toBe(DONE)
    expect(newEvents(stack)[1]).toMatchObject({ type: 'hitlAssigned' })
    expect(newEvents(stack)[1]).not.toHaveProperty('schedule')
  })

  it('does not wait longer than that, though the clock of Botpress is minutes ahead', async () => {
    const session = await youngSession(stack)
    onTestFinished(clockAhead(-240_000))
    await sent(stack, assigned(stack, session))
    expect(newEvents(stack)[0]?.schedule?.delay).toBe(1_500)
  })

  it('is stale beside another one of the same instant, and of an earlier one', async () => {
    const session = await linkedSession(stack)
    const at = Date.now()
    await sent(stack, assigned(stack, { ...session, at }))
    await sent(stack, assigned(stack, { ...session, at, actorId: ALAN }))
    await sent(stack, assigned(stack, { ...session, at: at - 1, actorId: ALAN }))
    expect(told(stack, session)).toEqual(['hitlAssigned'])
    expect(tagsOf(stack, session)).toMatchObject({ assignedTo: GRACE, assignedAt: String(at) })
  })

  it('to the agent who has the session already is not told again, and makes earlier ones stale', async () => {
    const session = await linkedSession(stack)
    const at = Date.now()
    await sent(stack, assigned(stack, { ...session, at }))
    await sent(stack, assigned(stack, { ...session, at: at + 10 }))
    await sent(stack, assigned(stack, { ...session, at: at + 5, actorId: ALAN }))
    expect(told(stack, session)).toEqual(['hitlAssigned'])
    expect(tagsOf(stack, session)).toMatchObject({ assignedTo: GRACE, assignedAt: String(at + 10) })
  })

  it('to no one is remembered, so that the same agent is announced again', async () => {
    const session = await linkedSession(stack)
    const at = Date.now()
    await sent(stack, assigned(stack, { ...session, at }))
    await sent(stack, assigned(stack, { ...session, at: at + 1, actorId: '' }))
    expect([told(stack, session), tagsOf(stack, session)['assignedTo'] ?? '']).toEqual([['hitlAssigned'], ''])
    await sent(stack, assigned(stack, { ...session, at: at + 2 }))
    expect(told(stack, session)).toEqual(['hitlAssigned', 'hitlAssigned'])
  })

  it('to no one makes the next message announce its author again', async () => {
    const session = await sessionWithAgent(stack)
    await sent(stack, assigned(stack, { ...session, at: Date.now(), actorId: '' }))
    stack.hubspot.agent.reply(session.threadId, { actorId: GRACE, text: 'Here I am again' })
    await stack.settled()
    expect(told(stack, session)).toEqual(['hitlAssigned', 'hitlAssigned'])
  })

  it('to something automated is not announced', async () => {
    const session = await linkedSession(stack)
    await sent(stack, assigned(stack, { ...session, actorId: 'L-7' }))
    expect([told(stack, session), tagsOf(stack, session)['assignedTo']]).toEqual([[], 'L-7'])
  })

  it('after the end changes nothing', async () => {
    const session = await linkedSession(stack)
    await sent(stack, closed(stack, { ...session, at: Date.now() }))
    const before = tagsOf(stack, session)
    await sent(stack, assigned(stack, { ...session, at: Date.now() + 5_000 }))
    expect([told(stack, session), tagsOf(stack, session)]).toEqual([['hitlStopped'], before])
  })

  it('whose event Botpress does not take is announced when HubSpot sends it again', async () => {
    const session = await linkedSession(stack)
    const event = assigned(stack, session)
    stack.botpress.faults = firstCalls(NEW_EVENT, BOTPRESS_REFUSES)
    expect([await sent(stack, event), tagsOf(stack, session)['assignedTo'] ?? '']).toEqual([AGAIN, ''])
    expect([await sent(stack, event), told(stack, session)]).toEqual([DONE, ['hitlAssigned']])
    expect(tagsOf(stack, session)).toMatchObject({ assignedTo: GRACE })
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
    const ms = await timeOf(async () => expect(await sent(stack, assigned(stack, { threadId }))).toBe(AGAIN))
    expect(ms).toBeGreaterThan(1_500)
    stack.hubspot.log.clear()
    expect(await sent(stack, assigned(stack, { threadId, at: Date.now() - 61_000 }))).toBe(DONE)
    expect(stack.hubspot.log.calls).toEqual([])
  })
})

it("an agent's changed name, picture or address is written, an unchanged one is not", async () => {
  const agent = () => stack.botpress.users.find(({ tags }) => tags['actorId'] === ALAN)

  /** Assigns a new session to Alan, whom HubSpot now describes like that. Resolves to how often Alan was written. */
  async function announce(change: Record<string, unknown>): Promise<number> {
    const session = await linkedSession(stack)
    // What is known of an agent holds for ten minutes in one process.
    await stack.restartIntegration()
    stack.hubspot.faults = changed(ACTOR, (actor) => ({ ...actor, ...change }))
    expect(await sent(stack, assigned(stack, { ...session, actorId: ALAN, at: Date.now() }))).toBe(DONE)
    expect(told(stack, session)).toEqual(['hitlAssigned'])
    return callsOf(stack.botpress, CHANGE_USER).length
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
  await sent(stack, assigned(stack, { ...(await linkedSession(stack)), actorId: GRACE, at: Date.now() }))
  const known = agent()?.name
  expect(known).toBe('Grace Sample')
  const session = await linkedSession(stack)
  await stack.restartIntegration()
  stack.hubspot.faults = allCalls(ACTOR, status(403))
  expect(await sent(stack, assigned(stack, { ...session, actorId: GRACE, at: Date.now() }))).toBe(DONE)
  expect(told(stack, session)).toEqual(['hitlAssigned'])
  expect(agent()?.name).toBe(known)
})
