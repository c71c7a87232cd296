import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authorizeLinkOf } from '../../sandbox/botpress/link-template'
import type { Stack } from '../../sandbox/stack'
import { chatLines } from '../support/chat'
import { closeUncrossed, crossings, listenTo } from '../support/crossings'
import { allCalls, callsOf, INITIALIZE, RECEIPT, TOKEN } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { eventsOf, openSession } from '../support/session'
import { threadLines } from '../support/thread'
import { endOf, storedTokens, tokensGivenLast } from '../support/tokens'
import { startTwo, type TwoInstallations } from '../../sandbox/two-installations'
import { ARRANGEMENTS, startTwoOwners } from '../support/two-owners'
import { AGENT, agentOf, CUSTOMERS, lostInTalks, openSessions } from '../support/two-sessions'
import { approve, choose, visit } from '../support/visitor'

/** Each test runs for both orders, because the last one to save is in the cache. */
const EACH_AND_THE_OTHER = [
  ['first', 'second'],
  ['second', 'first'],
] as const

const SAVED = { ok: true, status: 200 }

const JOINED = 'system: A human agent has joined the conversation.'
const BACK = 'bot: You are back with the bot.'

let two: TwoInstallations

describe.each(ARRANGEMENTS)('%s in one process:', (arrangement) => {
  beforeEach(async () => {
    two = await startTwoOwners(arrangement)
  })
  afterEach(async () => closeUncrossed(two))

  it('each connects to its own account if both save at once', async () => {
    const saves = [two.first, two.second].map(({ botpress }) => botpress.register())
    expect(await Promise.all(saves)).toEqual([SAVED, SAVED])
    expect([...new Set(two.first.log)]).toEqual([
      'info: Connected to the inbox "Inbox of the first" (481939) of HubSpot account 243842089 (portal.example.com).',
    ])
    expect([...new Set(two.second.log)]).toEqual([
      'info: Connected to the help desk "Help desk of the second" (730155) of HubSpot account 376210448 (portal.example.com).',
    ])
    for (const each of [two.first, two.second]) expect(storedTokens(each)).toMatchObject(tokensGivenLast(each))
  })

  it.each(EACH_AND_THE_OTHER)(
    'a customer of the %s reaches its own account after the %s has saved',
    async (mine, others) => {
      const [own, other] = [two[mine], two[others]]
      for (const { botpress } of [own, other]) expect(await botpress.register()).toEqual(SAVED)
      const heard = listenTo(other)
      const { threadId } = await openSession(own, CUSTOMERS[mine])
      await two.settled()
      expect(heard()).toEqual([])
      expect(threadLines(own, threadId)[0]).toContain(`The matter of ${CUSTOMERS[mine]}`)
      expect(own.hubspot.thread(threadId).associatedContactId).toBe(own.hubspot.contacts.list()[0]?.id)
    },
  )

  it('each is told of its own agents', async () => {
    for (const each of [two.first, two.second]) {
      await approve(await visit(authorizeLinkOf(each.botpress)))
      await each.botpress.register()
    }
    const ask = async ({ botpress }: Stack) => (await botpress.action('getAvailability', {})).output
    expect(await ask(two.first)).toMatchObject({ availableAgents: 3, agents: [{ name: 'Grace Sample' }, {}, {}] })
    expect(await ask(two.second)).toMatchObject({ availableAgents: 1, agents: [{ name: 'Hedy Placeholder' }] })
  })

  it.each(EACH_AND_THE_OTHER)(
    'actions of agents of the %s reach its own customer after the %s has saved',
    async (mine, other) => {
      const sessions = await openSessions(two, [mine, other])
      const own = two[mine]
      const { customer, threadId, conversationId } = sessions[mine]
      const heard = listenTo(two[other])
      own.hubspot.agent.assign(threadId, AGENT)
      await two.settled()
      own.hubspot.agent.reply(threadId, { actorId: AGENT, text: `Hello ${customer.name}` })
      await two.settled()
      own.hubspot.agent.close(threadId, AGENT)
      await two.settled()
      const { name } = agentOf(own)
      expect(chatLines(customer)).toEqual(expect.arrayContaining([JOINED, `${name}: Hello ${customer.name}`, BACK]))
      expect(eventsOf(own, conversationId)).toEqual(['hitlAssigned', 'hitlStopped'])
      expect(callsOf(own.hubspot, RECEIPT)).toHaveLength(1)
      expect(heard()).toEqual([])
    },
  )

  it.each(EACH_AND_THE_OTHER)(
    'a message of a customer of the %s reaches its own account after the %s has saved',
    async (mine, other) => {
      const sessions = await openSessions(two, [mine, other])
      const { customer, threadId } = sessions[mine]
      const heard = listenTo(two[other])
      await customer.say(`It is ${customer.name}.`)
      await two.settled()
      expect(heard()).toEqual([])
      expect(threadLines(two[mine], threadId).at(-1)).toBe(`customer: It is ${customer.name}.`)
    },
  )

  it('a new process finds each of them', async () => {
    const sessions = await openSessions(two)
    await two.restartIntegration()
    expect(await lostInTalks(two, sessions, 'first')).toEqual([])
    expect(await lostInTalks(two, sessions, 'second')).toEqual([])
    expect(await lostInTalks(two, sessions, 'first', 'second')).toEqual([])
  })

  it('customers see their own agents, even though both accounts use the same ids', async () => {
    const sessions = await openSessions(two)
    expect(sessions.first.threadId).toBe(sessions.second.threadId)
    for (const name of ['first', 'second'] as const) {
      const { customer, threadId } = sessions[name]
      const agent = agentOf(two[name])
      two[name].hubspot.agent.assign(threadId, AGENT)
      await two.settled()
      expect(await lostInTalks(two, sessions, name)).toEqual([])
      expect(chatLines(customer)).toContain(JOINED)
      const fromAgents = customer.messages().filter(({ who }) => who === 'agent')
      expect(fromAgents).toMatchObject([{ name: agent.name, picture: agent.avatar }])
    }
  })

  it('events of two threads with the same id are handled concurrently', async () => {
    const sessions = await openSessions(two)
    for (const { botpress } of [two.first, two.second])
      botpress.faults = allCalls(INITIALIZE, { kind: 'delay', ms: 1_000 })
    expect(await lostInTalks(two, sessions, 'first', 'second')).toEqual([])
    // The first call of each looks the session up; the second one, a message, would do as well.
    const calls = [two.first, two.second].flatMap(({ botpress }) => callsOf(botpress, INITIALIZE).slice(0, 1))
    expect(calls).toHaveLength(2)
    expect(Math.max(...calls.map(({ startedAt }) => startedAt))).toBeLessThan(Math.min(...calls.map(endOf)))
  })

  it('authorizing again affects only one of them, on every page', async () => {
    const sessions = await openSessions(two)
    const kept = () => ({ states: two.second.botpress.states, channels: two.second.hubspot.channels() })
    const before = kept()
    fillIn(two.first, { inboxId: undefined })
    const { portalId, inboxes } = two.first.hubspot
    const [inbox] = inboxes
    const choice = await approve(await visit(authorizeLinkOf(two.first.botpress)))
    for (const shown of [String(portalId), inbox?.name]) expect(choice.text).toContain(shown)
    expect(await lostInTalks(two, sessions, 'second')).toEqual([])
    const done = await choose(choice, [inbox?.id ?? ''])
    for (const shown of [String(portalId), inbox?.name]) expect(done.text).toContain(shown)
    expect(await lostInTalks(two, sessions, 'first', 'second')).toEqual([])
    expect(kept()).toEqual(before)
    expect(storedTokens(two.first)).toMatchObject(tokensGivenLast(two.first))
  })
})

describe('the check for crossed data', () => {
  beforeEach(async () => {
    two = await startTwo('two bots')
  })
  afterEach(async () => two.close())

  it("finds the other installation's data", async () => {
    two.second.hubspot.contacts.add({ email: 'bob.birchwood@customers.example.org' })
    expect(crossings(two)).toEqual([])
    await two.first.botpress.chat.open({ name: 'Ada' }).say('Are you bob.birchwood@customers.example.org?')
    expect(crossings(two)).toEqual([
      `the second's contact "bob.birchwood@customers.example.org" is in the first's chat`,
    ])
  })

  it('finds requests that name neither installation', async () => {
    const address = new URL('/v1/chat/users', two.first.botpress.webhookUrl)
    const answer = await fetch(address, { headers: { 'x-bot-id': 'another' } })
    expect(answer.status).toBe(400)
    expect(crossings(two)).toEqual(['to neither: GET /v1/chat/users'])
  })

  it('ignores faults of the stand-ins', async () => {
    two.first.hubspot.faults = allCalls(TOKEN, { kind: 'reset' })
    const address = new URL('/oauth/v3/token', two.first.botpress.webhookUrl)
    const body = new URLSearchParams({ client_id: two.first.hubspot.app.clientId })
    await expect(fetch(address, { method: 'POST', body })).rejects.toThrow('fetch failed')
    expect(callsOf(two.first.hubspot, TOKEN)).toMatchObject([{ status: 0 }])
  })
})
