import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { authorizeLinkOf } from '../../sandbox/botpress/link-template'
import type { Call } from '../../sandbox/http/call-log'
import type { Fault } from '../../sandbox/http/faults'
import type { Stack } from '../../sandbox/stack'
import { chatLines } from '../support/chat'
import { clockAhead } from '../support/clock'
import { crossings, listenTo } from '../support/crossings'
import { allCalls, INITIALIZE, isCallOf, RECEIPT, SET_TOKENS, status, TOKEN, type Target } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { eventsOf, openSession, type OpenSession } from '../support/session'
import { threadLines } from '../support/thread'
import { endOf, storedTokens } from '../support/tokens'
import { ARRANGEMENTS, startTwo, type TwoInstallations } from '../support/two-installations'
import { choose, visit } from '../support/visitor'
import { GRACE } from '../support/webhooks'

type Name = 'first' | 'second'

const CUSTOMERS = { first: 'Ada Aldgate', second: 'Bob Birchwood' }

/** The same id in both accounts, for two different people. */
const AGENT = GRACE

const BACK = 'bot: You are back with the bot.'

/** What the process remembers of the one that saved last is nothing of the other's. */
const EACH_AND_THE_OTHER = [
  ['first', 'second'],
  ['second', 'first'],
] as const

/** After so long the integration takes a session for linked. */
const LINKED_BY_THEN_MS = 3_000

/** Long enough for two calls to be under way at once. */
const SLOW: Fault = { kind: 'delay', ms: 1_000 }

let two: TwoInstallations
let sessions: Record<Name, OpenSession>
let resetClock: (() => void) | undefined

describe.each(ARRANGEMENTS)('%s in one process:', (arrangement) => {
  beforeEach(async () => {
    two = await startTwo(arrangement)
  })
  afterEach(async () => {
    resetClock?.()
    resetClock = undefined
    await two.settled()
    const found = crossings(two)
    await two.close()
    if (found.length > 0) throw new Error(`Something has crossed:\n${found.join('\n')}`)
  })

  it('each is connected to its own account when both save at once', async () => {
    await Promise.all([save(two.first), save(two.second)])
    expect(two.first.log).toEqual(['info: Connected to the inbox "Inbox of the first" of HubSpot account 243842089.'])
    expect(two.second.log).toEqual([
      'info: Connected to the help desk "Help desk of the second" of HubSpot account 376210448.',
    ])
    expectOwnTokens('first')
    expectOwnTokens('second')
  })

  it.each(EACH_AND_THE_OTHER)(
    'a customer of the %s is handed over in its own account after the %s has saved',
    async (mine, others) => {
      const [own, other] = [two[mine], two[others]]
      await save(own)
      await save(other)
      const heard = listenTo(other)
      const { threadId } = await openSession(own, CUSTOMERS[mine])
      await two.settled()
      expect(heard()).toEqual([])
      expect(threadLines(own, threadId)[0]).toContain(`The matter of ${CUSTOMERS[mine]}`)
      expect(own.hubspot.thread(threadId).associatedContactId).toBe(own.hubspot.contacts.list()[0]?.id)
    },
  )

  it.each(EACH_AND_THE_OTHER)(
    'what agents of the %s do reaches its own customer after the %s has saved',
    async (mine, other) => {
      await openSessions(mine, other)
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
      expect(chatLines(customer)).toEqual(
        expect.arrayContaining([`system: A human agent has joined: ${name}`, `${name}: Hello ${customer.name}`, BACK]),
      )
      expect(eventsOf(own, conversationId)).toEqual(['hitlAssigned', 'hitlStopped'])
      expect(callsOf(own.hubspot, RECEIPT)).toHaveLength(1)
      expect(heard()).toEqual([])
    },
  )

  it.each(EACH_AND_THE_OTHER)(
    'what a customer of the %s writes reaches its own account after the %s has saved',
    async (mine, other) => {
      await openSessions(mine, other)
      const { customer, threadId } = sessions[mine]
      const heard = listenTo(two[other])
      await customer.say(`It is ${customer.name}.`)
      await two.settled()
      expect(heard()).toEqual([])
      expect(threadLines(two[mine], threadId).at(-1)).toBe(`customer: It is ${customer.name}.`)
    },
  )

  it('each is found again in a process that has just started', async () => {
    await openSessions()
    await two.restartIntegration()
    expect(await lostInTalks('first')).toEqual([])
    expect(await lostInTalks('second')).toEqual([])
    expect(await lostInTalks('first', 'second')).toEqual([])
  })

  it('customers see their own agents, though both accounts number threads and agents alike', async () => {
    await openSessions()
    expect(sessions.first.threadId).toBe(sessions.second.threadId)
    for (const name of ['first', 'second'] as const) {
      const { customer, threadId } = sessions[name]
      const agent = agentOf(two[name])
      two[name].hubspot.agent.assign(threadId, AGENT)
      await two.settled()
      expect(await lostInTalks(name)).toEqual([])
      expect(chatLines(customer)).toContain(`system: A human agent has joined: ${agent.name}`)
      const fromAgents = customer.messages().filter(({ who }) => who === 'agent')
      expect(fromAgents).toMatchObject([{ name: agent.name, picture: agent.avatar }])
    }
  })

  it('events of two threads with the same id are handled side by side', async () => {
    await openSessions()
    for (const { botpress } of [two.first, two.second]) botpress.faults = allCalls(INITIALIZE, SLOW)
    expect(await lostInTalks('first', 'second')).toEqual([])
    const calls = [two.first, two.second].flatMap(({ botpress }) => callsOf(botpress, INITIALIZE))
    expect(calls).toHaveLength(2)
    expect(Math.max(...calls.map(({ startedAt }) => startedAt))).toBeLessThan(Math.min(...calls.map(endOf)))
  })

  it('authorizing again concerns one of them, on every page', async () => {
    await openSessions()
    const kept = () => ({ states: two.second.botpress.states, channels: two.second.hubspot.channels() })
    const before = kept()
    fillIn(two.first, { inboxId: undefined })
    const { portalId, inboxes } = two.first.hubspot
    const [inbox] = inboxes
    const choice = await visit(authorizeLinkOf(two.first.botpress))
    for (const shown of [String(portalId), inbox?.name]) expect(choice.text).toContain(shown)
    expect(await lostInTalks('second')).toEqual([])
    const done = await choose(choice, [inbox?.id ?? ''])
    for (const shown of [String(portalId), inbox?.name]) expect(done.text).toContain(shown)
    expect(await lostInTalks('first', 'second')).toEqual([])
    expect(kept()).toEqual(before)
    expectOwnTokens('first')
  })

  describe('when HubSpot replaces refresh tokens at each use,', () => {
    beforeEach(() => {
      for (const { hubspot } of [two.first, two.second]) hubspot.switches.rotateRefreshTokens = true
    })

    it('an access token that has expired is replaced, and the other one is not', async () => {
      await openSessions('second', 'first')
      two.first.hubspot.tokens.expireAccessTokens()
      expect(await lostInTalks('first', 'second')).toEqual([])
      expect(refreshes()).toEqual({ first: 1, second: 0 })
      expectOwnTokens('first')
      expectOwnTokens('second')
    })

    it('each gets a token of its own when both refresh at once', async () => {
      await openSessions('second', 'first')
      for (const { hubspot } of [two.first, two.second]) {
        hubspot.tokens.expireAccessTokens()
        hubspot.faults = allCalls(TOKEN, SLOW)
      }
      expect(await lostInTalks('first', 'second')).toEqual([])
      expect(refreshes()).toEqual({ first: 1, second: 1 })
      expectOwnTokens('first')
      expectOwnTokens('second')
    })

    it('tokens that Botpress could not store are stored later, where they belong', async () => {
      await openSessions('second', 'first')
      await refreshInVain('first')
      two.second.hubspot.tokens.expireAccessTokens()
      expect(await lostInTalks('second')).toEqual([])
      expectOwnTokens('second')
      two.first.botpress.faults = undefined
      expect(await lostInTalks('first')).toEqual([])
      expectOwnTokens('first')
      expect(refreshes()).toEqual({ first: 1, second: 1 })
    })

    it('removing one takes nothing from the other, not even tokens that are still to be stored', async () => {
      await openSessions('first', 'second')
      await refreshInVain('second')
      const channels = two.second.hubspot.channels()
      expect(await two.first.botpress.unregister()).toEqual({ ok: true, status: 200 })
      expect(two.first.botpress.states).toEqual([])
      expect(two.first.hubspot.channels()).toEqual([])
      two.second.botpress.faults = undefined
      expect(await lostInTalks('second')).toEqual([])
      expectOwnTokens('second')
      expect(two.second.botpress.states.map(({ name }) => name)).toEqual(expect.arrayContaining(['tokens', 'channel']))
      expect(two.second.hubspot.channels()).toEqual(channels)
      expect(refreshes()).toEqual({ first: 0, second: 1 })
    })
  })
})

describe('the kit of these tests', () => {
  beforeEach(async () => {
    two = await startTwo('two bots')
  })
  afterEach(async () => two.close())

  it('finds what the other one owns', async () => {
    two.second.hubspot.contacts.add({ email: 'bob.birchwood@customers.example.org' })
    expect(crossings(two)).toEqual([])
    await two.first.botpress.chat.open({ name: 'Ada' }).say('Are you bob.birchwood@customers.example.org?')
    expect(crossings(two)).toEqual([
      `the second's contact "bob.birchwood@customers.example.org" is in the first's chat`,
    ])
  })

  it('finds requests that name neither', async () => {
    const address = new URL('/v1/chat/users', two.first.botpress.webhookUrl)
    const answer = await fetch(address, { headers: { 'x-bot-id': 'another' } })
    expect(answer.status).toBe(400)
    expect(crossings(two)).toEqual(['to neither: GET /v1/chat/users'])
  })

  it('leaves faults of the stand-ins as they are', async () => {
    two.first.hubspot.faults = allCalls(TOKEN, { kind: 'reset' })
    const address = new URL('/oauth/v3/token', two.first.botpress.webhookUrl)
    const body = new URLSearchParams({ client_id: two.first.hubspot.app.clientId })
    await expect(fetch(address, { method: 'POST', body })).rejects.toThrow('fetch failed')
    expect(callsOf(two.first.hubspot, TOKEN)).toMatchObject([{ status: 0 }])
  })
})

const save = async ({ botpress }: Stack) => expect(await botpress.register()).toEqual({ ok: true, status: 200 })

/** Each in turn saves and has a customer with an agent. */
async function openSessions(before: Name = 'first', last: Name = 'second'): Promise<void> {
  const opened: Partial<typeof sessions> = {}
  for (const name of [before, last]) {
    await save(two[name])
    opened[name] = await openSession(two[name], CUSTOMERS[name])
  }
  const { first, second } = opened
  if (!first || !second) throw new Error('Both have to be named')
  sessions = { first, second }
  await two.settled()
  resetClock = clockAhead(LINKED_BY_THEN_MS)
}

let talks = 0

/**
 * In these sessions, all at once, the customer writes and the agent answers. Resolves to what has not reached the other
 * one, which is nothing if all is well.
 */
async function lostInTalks(...names: Name[]): Promise<string[]> {
  talks += 1
  const written = names.map((name) => {
    const { customer, threadId } = sessions[name]
    const [question, answer] = [`Question ${talks} of ${customer.name}`, `Answer ${talks} to ${customer.name}`]
    return { own: two[name], customer, threadId, question, answer }
  })
  for (const { own, customer, threadId, question, answer } of written) {
    await customer.say(question)
    own.hubspot.agent.reply(threadId, { actorId: AGENT, text: answer })
  }
  await two.settled()
  return written.flatMap(({ own, customer, threadId, question, answer }) => [
    ...without(threadLines(own, threadId), `customer: ${question}`),
    ...without(chatLines(customer), `${agentOf(own).name}: ${answer}`),
  ])
}

const without = (lines: readonly string[], wanted: string): string[] => (lines.includes(wanted) ? [] : [wanted])

/** HubSpot gives new tokens that Botpress does not store, so the customer's message is not delivered. */
async function refreshInVain(name: Name): Promise<void> {
  const { hubspot, botpress } = two[name]
  hubspot.tokens.expireAccessTokens()
  botpress.faults = allCalls(SET_TOKENS, status(500))
  await sessions[name].customer.say(`${CUSTOMERS[name]} says this in vain`)
  await two.settled()
  expect(botpress.plugin.failures).toHaveLength(1)
  expect(storedTokens(two[name])['refreshToken']).not.toBe(refreshTokenGivenLast(two[name]))
}

/** What is stored is what the account of this installation has given last. */
function expectOwnTokens(name: Name): void {
  const own = two[name]
  const { portalId } = own.hubspot
  const stored = storedTokens(own)
  expect(own.hubspot.tokens.accessToken(String(stored['accessToken']))).toMatchObject({ portalId })
  expect(stored).toMatchObject({ portalId: String(portalId), refreshToken: refreshTokenGivenLast(own) })
}

function refreshTokenGivenLast({ hubspot }: Stack): string {
  const answer = callsOf(hubspot, TOKEN).at(-1)?.responseBody ?? ''
  return z.object({ refresh_token: z.string() }).parse(JSON.parse(answer)).refresh_token
}

/** Beyond the one of the only save. */
const refreshes = () => ({
  first: two.first.hubspot.tokens.refreshes() - 1,
  second: two.second.hubspot.tokens.refreshes() - 1,
})

const callsOf = ({ log }: Stack['hubspot' | 'botpress'], target: Target): Call[] => log.calls.filter(isCallOf(target))

function agentOf({ hubspot }: Stack) {
  const agent = hubspot.agents.find(({ actorId }) => actorId === AGENT)
  if (!agent) throw new Error(`The account has no agent ${AGENT}`)
  return agent
}
