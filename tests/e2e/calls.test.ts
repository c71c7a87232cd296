import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import { ALL_SCOPES } from '../../sandbox/hubspot/testing'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import { watchConnections } from '../support/connections'
import { fillIn } from '../support/fill-in'
import { openSession, sessionsAreLinked, startWithSession, type OpenSession } from '../support/session'
import { latestThread } from '../support/thread'
import { outliveAccessToken } from '../support/tokens'
import { GRACE } from '../support/webhooks'

type Cost = { botpress: number; hubspot: number }

/** The calls to both platforms until everything has settled. */
async function costOf(stack: Stack, step: () => unknown): Promise<Cost> {
  const before = { botpress: stack.botpress.log.calls.length, hubspot: stack.hubspot.log.calls.length }
  await step()
  await stack.settled()
  return {
    botpress: stack.botpress.log.calls.length - before.botpress,
    hubspot: stack.hubspot.log.calls.length - before.hubspot,
  }
}

/** An app event for a thread that is not ours. */
const sendForeignEvent = ({ hubspot, botpress }: Stack) =>
  hubspot.webhook.send(botpress.webhookUrl, [
    { subscriptionType: 'conversation.deletion', objectId: 5, appId: 1160452, portalId: 243842089, occurredAt: 1 },
  ])

/** The limit for each step in a warm process: calls to Botpress and to HubSpot. */
describe('the number of calls in a warm process', () => {
  let stack: Stack
  let ada: Customer
  let threadId: string

  beforeAll(async () => {
    stack = await startStack()
    await stack.botpress.register()
    ;({ customer: ada, threadId } = await openSession(stack))
    stack.hubspot.agent.assign(threadId, 'A-3892666')
    stack.hubspot.agent.reply(threadId, { actorId: 'A-3892666', text: 'Warm' })
    await stack.settled()
  })
  afterAll(async () => stack.close())

  const cost = (step: () => unknown) => costOf(stack, step)

  it("a customer's text: one call to HubSpot", async () => {
    expect(await cost(() => ada.say('Hello'))).toEqual({ botpress: 0, hubspot: 1 })
  })

  it("an agent's text: one call to Botpress and the receipt", async () => {
    const reply = () => stack.hubspot.agent.reply(threadId, { actorId: 'A-3892666', text: 'Hi' })
    expect(await cost(reply)).toEqual({ botpress: 1, hubspot: 1 })
  })

  it('another agent takes over: four to Botpress and one to look up the agent', async () => {
    expect(await cost(() => stack.hubspot.agent.assign(threadId, 'A-3892667'))).toEqual({ botpress: 4, hubspot: 1 })
    // Whose user is known from before.
    expect(await cost(() => stack.hubspot.agent.assign(threadId, 'A-3892666'))).toEqual({ botpress: 3, hubspot: 0 })
  })

  it('an event for a thread that is not ours: one look-up', async () => {
    expect(await cost(() => sendForeignEvent(stack))).toEqual({ botpress: 1, hubspot: 0 })
    expect(stack.botpress.conversations).toHaveLength(1)
  })

  it('the agent closes: five to Botpress, one of them to see that no reply is missing, and the thread itself', async () => {
    expect(await cost(() => stack.hubspot.agent.close(threadId))).toEqual({ botpress: 5, hubspot: 1 })
  })

  it('createUser: one to Botpress and one to HubSpot; startHitl: three and two', async () => {
    const bob = stack.botpress.chat.open({ name: 'Ada' })
    await bob.say('Hello')
    const input = { name: 'Ada', email: 'ada@customers.example.org' }
    expect(await cost(() => stack.botpress.action('createUser', input))).toEqual({ botpress: 1, hubspot: 1 })
    const both = await cost(() => bob.escalate({ userEmail: 'ada@customers.example.org' }))
    expect(both).toEqual({ botpress: 1 + 3, hubspot: 1 + 2 })
  })

  it('stopHitl of a session that no agent has taken: three to Botpress, and the note', async () => {
    const conversationId = stack.botpress.conversations.find(({ tags }) => tags['id'] === latestThread(stack))?.id
    const stop = () => stack.botpress.action('stopHitl', { conversationId })
    expect(await cost(stop)).toEqual({ botpress: 3, hubspot: 1 })
  })

  it('stopHitl of a session that an agent has taken: three to Botpress, the thread itself, and the closing', async () => {
    const { conversationId, threadId: another } = await openSession(stack, 'Bob')
    await sessionsAreLinked(stack)
    stack.hubspot.agent.assign(another, GRACE)
    await stack.settled()
    const stop = () => stack.botpress.action('stopHitl', { conversationId })
    // HubSpot tells of the closing, which is looked up.
    expect(await cost(stop)).toEqual({ botpress: 3 + 1, hubspot: 2 })
  })

  it('a second save of the same configuration: at most three to Botpress and five to HubSpot, and no second channel', async () => {
    const { botpress, hubspot } = await cost(() => stack.botpress.register())
    expect(botpress).toBeLessThanOrEqual(3)
    expect(hubspot).toBeLessThanOrEqual(5)
    expect(stack.hubspot.channels()).toHaveLength(1)
  })
})

/** In addition to the three to Botpress and two to HubSpot, without the events that follow. */
describe("what the card's fields cost startHitl", () => {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
    fillIn(stack, {
      refreshToken: stack.hubspot.tokens.issueRefreshToken(ALL_SCOPES),
      additionalInboxIds: ['481940'],
    })
    await stack.botpress.register()
    const owner = stack.hubspot.users.list().find(({ actorId }) => actorId === GRACE)?.ownerId ?? ''
    stack.hubspot.contacts.add({ email: 'ada@customers.example.org', hubspot_owner_id: owner })
    await escalate({ agent: GRACE, details: [{ name: 'Warm', value: 'yes' }] })
    await stack.settled()
    stack.hubspot.setAppWebhook(undefined)
  })
  afterAll(async () => stack.close())

  async function escalate(hitlSession: Record<string, unknown>): Promise<void> {
    const ada = stack.botpress.chat.open({ name: 'Ada' })
    const userEmail = 'ada@customers.example.org'
    await ada.say('Hello')
    await ada.escalate({ userEmail, title: 'A parcel', hitlSession })
  }

  it.each<[string, Record<string, unknown>, Cost]>([
    ['nothing', {}, { botpress: 0, hubspot: 0 }],
    ['an actor ID', { agent: GRACE }, { botpress: 0, hubspot: 1 }],
    ['an e-mail address', { agent: 'grace.sample@agents.example.com' }, { botpress: 0, hubspot: 2 }],
    ['the owner', { agent: 'owner' }, { botpress: 0, hubspot: 3 }],
    ['the last agent', { agent: 'last' }, { botpress: 1, hubspot: 1 }],
    ['details', { details: [{ name: 'Order', value: '1042' }] }, { botpress: 0, hubspot: 0 }],
    ['a help desk, whose ticket is filled in', { inboxId: '481940', priority: 'HIGH' }, { botpress: 0, hubspot: 2 }],
  ])('%s', async (_name, card, { botpress, hubspot }) => {
    // createUser costs one call to each.
    const expected = { botpress: 1 + 3 + botpress, hubspot: 1 + 2 + hubspot }
    expect(await costOf(stack, () => escalate(card))).toEqual(expected)
  })
})

/**
 * The same with empty memory, which is common, because Botpress starts and freezes processes at any time. Such a
 * process may also read the states of the tokens and, if needed, of the channel, and look up an agent. It may do each
 * once.
 */
describe('the additional calls in a new process', () => {
  let stack: Stack
  let ada: OpenSession
  let bob: Customer
  let restoreClock: () => void

  beforeAll(async () => {
    stack = await startStack()
    await stack.botpress.register()
    ada = await openSession(stack)
    bob = stack.botpress.chat.open({ name: 'Ada' })
    await bob.say('Hello')
    await stack.settled()
    // An agent's message in a session that is seconds old costs a look-up, to find out how long to hold it.
    restoreClock = clockAhead(60_000)
  })
  beforeEach(async () => stack.restartIntegration())
  afterAll(async () => {
    restoreClock()
    await stack.close()
  })

  const cost = (step: () => unknown) => costOf(stack, step)

  it("a customer's text: the tokens", async () => {
    const say = () => ada.customer.say('Hello')
    expect(await cost(say)).toEqual({ botpress: 0 + 1, hubspot: 1 })
    expect(await cost(say)).toEqual({ botpress: 0, hubspot: 1 })
  })

  it("a customer's text with an expired access token: the tokens, a refresh, and storing it", async () => {
    await outliveAccessToken(stack)
    const say = () => ada.customer.say('Hello')
    // One more read before storing: the owner may have switched accounts during the refresh.
    expect(await cost(say)).toEqual({ botpress: 0 + 2 + 1, hubspot: 1 + 1 })
    expect(await cost(say)).toEqual({ botpress: 0, hubspot: 1 })
  })

  it("an agent's text: the tokens, the channel and the agent", async () => {
    const reply = () => stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text: 'Hi' })
    // An agent's first message looks up whether someone is assigned, announces the agent and marks that.
    expect(await cost(reply)).toEqual({ botpress: 1 + 2 + 3, hubspot: 1 + 1 })
    expect(await cost(reply)).toEqual({ botpress: 1, hubspot: 1 })
    await stack.restartIntegration()
    expect(await cost(reply)).toEqual({ botpress: 1 + 2 + 1, hubspot: 1 + 1 })
  })

  it('many texts at once: the tokens once', async () => {
    const texts = Array.from({ length: 10 }, (_, n) => `Text ${n}`)
    expect(await cost(() => Promise.all(texts.map((text) => ada.customer.say(text))))).toEqual({
      botpress: 0 + 1,
      hubspot: 10,
    })
  })

  it('another agent takes over: the tokens', async () => {
    const take = () => stack.hubspot.agent.assign(ada.threadId, 'A-3892667')
    expect(await cost(take)).toEqual({ botpress: 4 + 1, hubspot: 1 })
  })

  it('an event for a thread that is not ours: the tokens', async () => {
    expect(await cost(() => sendForeignEvent(stack))).toEqual({ botpress: 1 + 1, hubspot: 0 })
  })

  it('createUser: the tokens', async () => {
    const input = { name: 'Ada', email: 'ada@customers.example.org' }
    const create = () => stack.botpress.action('createUser', input)
    expect(await cost(create)).toEqual({ botpress: 1 + 1, hubspot: 1 })
  })

  it('createUser and startHitl: the tokens and the channel', async () => {
    const escalate = () => bob.escalate({ userEmail: 'ada@customers.example.org' })
    expect(await cost(escalate)).toEqual({ botpress: 1 + 3 + 2, hubspot: 1 + 2 })
  })

  it('stopHitl: the tokens', async () => {
    const conversationId = stack.botpress.conversations.find(({ tags }) => tags['id'] === latestThread(stack))?.id
    const stop = () => stack.botpress.action('stopHitl', { conversationId })
    expect(await cost(stop)).toEqual({ botpress: 3 + 1, hubspot: 1 })
  })

  it('the agent closes: the tokens and the agent', async () => {
    expect(await cost(() => stack.hubspot.agent.close(ada.threadId))).toEqual({ botpress: 5 + 1, hubspot: 1 + 1 })
  })

  it('a second save of the same configuration: none', async () => {
    const { botpress, hubspot } = await cost(() => stack.botpress.register())
    expect(botpress).toBeLessThanOrEqual(3)
    expect(hubspot).toBeLessThanOrEqual(5)
    expect(stack.hubspot.channels()).toHaveLength(1)
  })
})

describe('keep-alive connections', () => {
  let stack: Stack
  let ada: OpenSession

  beforeAll(async () => {
    ;({ stack, ada } = await startWithSession())
    stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text: 'Warm' })
    await stack.settled()
  })
  afterAll(async () => stack.close())

  it('are reused: twenty messages each way use one to HubSpot and one to Botpress', async () => {
    const toHubSpot = watchConnections(stack.hubspot)
    const toBotpress = watchConnections({ url: stack.botpress.url, belowPath: '/v1/' })
    for (let n = 0; n < 20; n++) {
      await ada.customer.say(`Text ${n}`)
      await stack.settled()
      stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text: `Answer ${n}` })
      await stack.settled()
    }
    const counts = [toHubSpot, toBotpress].map(({ count, close }) => {
      close()
      return count()
    })
    expect(counts).toEqual([1, 1])
  })
})
