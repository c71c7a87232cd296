import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { agentCloses, agentIsAssigned, agentWrites, countCalls, escalated, lines } from '../testing/session'
import { installToy, type Toy } from '../testing/toy-integration'
import { wording } from './wording'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

const JOINED = `system: ${wording.agentAssigned}`
const CLOSED = `system: ${wording.agentClosed}`
const BACK = 'bot: You are back with the bot.'

/** What the customer sees after the line that tells of the escalation. */
const seen = (customer: Parameters<typeof lines>[0]) => lines(customer).slice(1)

describe('hitlAssigned', () => {
  it('announces at every event, without a name', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentIsAssigned(toy, conversationId)
    await agentIsAssigned(toy, conversationId)
    await toy.botpress.settled()
    expect(seen(customer)).toEqual([JOINED, JOINED])
  })

  it('sets its mark last, so that words which come meanwhile announce a second time', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    toy.botpress.plugin.switches.botCallMs = 100
    await agentIsAssigned(toy, conversationId)
    await agentWrites(toy, conversationId, 'Hello')
    await toy.botpress.settled()
    expect(seen(customer)).toEqual([JOINED, JOINED, 'Bob: Hello'])
    await agentWrites(toy, conversationId, 'Still here')
    await toy.botpress.settled()
    expect(seen(customer)).toEqual([JOINED, JOINED, 'Bob: Hello', 'Bob: Still here'])
  })

  it('takes about six calls of the bot until its mark is set', async () => {
    const { conversationId } = await escalated(toy.botpress)
    const calls = countCalls(toy.botpress)
    await agentIsAssigned(toy, conversationId)
    await toy.botpress.settled()
    expect(calls()).toBe(6)
  })
})

describe('an agent’s message', () => {
  it('assigns its author and announces when no agent is assigned, an automated author too', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    await toy.client.initializeIncomingMessage({
      user: { name: 'Shop assistant (automated)', tags: { actorId: 'L-1' }, discriminateByTags: ['actorId'] },
      conversationId,
      message: { type: 'text', payload: { text: 'Beep' }, tags: { id: '1' }, discriminateByTags: ['id'] },
    })
    await toy.botpress.settled()
    expect(seen(customer)).toEqual([JOINED, 'Shop assistant (automated): Beep'])
    const { user } = await agentWrites(toy, conversationId, 'Hello')
    await toy.botpress.settled()
    expect(lines(customer).filter((line) => line === JOINED)).toHaveLength(1)
    expect(toy.botpress.plugin.sessions[0]?.agentUserId).not.toBe(user.id)
  })

  it('announces twice when the first two come at once', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    toy.botpress.plugin.switches.botCallMs = 100
    await Promise.all([agentWrites(toy, conversationId, 'One'), agentWrites(toy, conversationId, 'Two')])
    await toy.botpress.settled()
    expect(lines(customer).filter((line) => line === JOINED)).toHaveLength(2)
  })

  it('can be overtaken by the next one', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentIsAssigned(toy, conversationId)
    await toy.botpress.settled()
    // The first message's calls are slow, the second one's quick.
    const durations = [300]
    toy.botpress.plugin.switches.botCallMs = () => durations.shift() ?? 5
    await agentWrites(toy, conversationId, 'One')
    await agentWrites(toy, conversationId, 'Two')
    await toy.botpress.settled()
    expect(seen(customer)).toEqual([JOINED, 'Bob: Two', 'Bob: One'])
  })

  it('is shown without an assignment by a plugin before 1.3.0', async () => {
    toy.botpress.plugin.switches.assignsAuthors = false
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentWrites(toy, conversationId, 'Hello')
    await toy.botpress.settled()
    expect(seen(customer)).toEqual(['bot: Hello'])
    expect(toy.botpress.plugin.sessions[0]?.agentUserId).toBeUndefined()
  })

  it('leaves its additional data as a tag of what the customer sees', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentWrites(toy, conversationId, 'Hello', { additionalData: 'reply 7' })
    await toy.botpress.settled()
    expect(customer.messages().at(-1)).toMatchObject({
      payload: { text: 'Hello' },
      tags: { 'hitl#additionalData': 'reply 7' },
    })
  })

  it('is dropped after the session has ended', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentCloses(toy, conversationId)
    await toy.botpress.settled()
    await agentWrites(toy, conversationId, 'One more thing')
    await toy.botpress.settled()
    expect(toy.botpress.plugin.drops).toEqual([{ kind: 'message', type: 'text', conversationId }])
    expect(lines(customer).at(-1)).toBe(BACK)
  })
})

describe('the agent’s name and picture', () => {
  it('show in webchat as they were when the agent was assigned', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    const { user } = await agentWrites(toy, conversationId, 'One')
    await toy.botpress.settled()
    await toy.client.updateUser({ id: user.id, name: 'Robert', tags: {} })
    await agentWrites(toy, conversationId, 'Two')
    await toy.botpress.settled()
    const bob = { who: 'agent', name: 'Bob', picture: 'https://x.test/bob.png' }
    expect(customer.messages().slice(2)).toMatchObject([
      { ...bob, text: 'One' },
      { ...bob, text: 'Two' },
    ])
    await agentIsAssigned(toy, conversationId, user.id)
    await agentWrites(toy, conversationId, 'Three')
    await toy.botpress.settled()
    expect(lines(customer).at(-1)).toBe('Robert: Three')
  })

  it.each([
    ['on another channel', { channel: 'whatsapp', useHumanAgentInfo: true }],
    ['when "Use Human Agent Info" is off', { channel: 'webchat', useHumanAgentInfo: false }],
  ])('do not show %s: the words come from the bot', async (_, { channel, useHumanAgentInfo }) => {
    toy.botpress.plugin.switches.useHumanAgentInfo = useHumanAgentInfo
    const { customer, conversationId } = await escalated(toy.botpress, { name: 'Ada', channel })
    await agentIsAssigned(toy, conversationId)
    await agentWrites(toy, conversationId, 'Hello')
    await toy.botpress.settled()
    expect(customer.messages().at(-1)).toMatchObject({ who: 'bot', text: 'Hello' })
    expect(customer.messages().at(-1)).not.toHaveProperty('name')
  })

  it('are the customer’s own when one user is both agent and stand-in', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    const userId = customer.tags['hitl#downstream'] ?? ''
    await toy.client.createMessage({ conversationId, userId, type: 'text', payload: { text: 'Hello' }, tags: {} })
    await toy.botpress.settled()
    expect(customer.messages().at(-1)).toMatchObject({ who: 'customer', name: 'Ada', text: 'Hello' })
  })
})

describe('hitlStopped', () => {
  it('gives the customer back to the bot, whose flow continues', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentCloses(toy, conversationId)
    await toy.botpress.settled()
    expect(seen(customer)).toEqual([CLOSED, BACK])
    await customer.say('Thanks')
    await toy.botpress.settled()
    expect(lines(customer).at(-1)).toMatch(/^bot: I am a bot/)
    expect(toy.received).toEqual([])
  })

  it('does not continue the flow when "Continue Flow on Session End" is off', async () => {
    toy.botpress.plugin.switches.continueFlowOnSessionEnd = false
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentCloses(toy, conversationId)
    await toy.botpress.settled()
    expect(seen(customer)).toEqual([CLOSED])
  })

  it('is ignored when it is repeated later', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentCloses(toy, conversationId)
    await toy.botpress.settled()
    await agentCloses(toy, conversationId)
    await toy.botpress.settled()
    expect(seen(customer)).toEqual([CLOSED, BACK])
    expect(toy.botpress.events.map(({ status }) => status)).toEqual(['processed', 'ignored'])
  })

  it('counts twice when two come at once', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    toy.botpress.plugin.switches.botCallMs = 100
    await Promise.all([agentCloses(toy, conversationId), agentCloses(toy, conversationId)])
    await toy.botpress.settled()
    expect(seen(customer)).toEqual([CLOSED, BACK, CLOSED, BACK])
  })
})

describe('any other event', () => {
  const custom = { id: 'evt_1', createdAt: '', type: 'handoffEnded', status: 'pending', failureReason: null } as const

  it.each([
    ['in its payload', (conversationId: string) => ({ ...custom, payload: { conversationId } })],
    ['beside it', (conversationId: string) => ({ ...custom, conversationId, payload: {} })],
  ])('reaches no flow as long as it names the conversation of an active session %s', async (_, event) => {
    const { conversationId } = await escalated(toy.botpress)
    const { plugin } = toy.botpress
    expect(await plugin.takeEvent(event(conversationId))).toBe(false)
    expect(plugin.flowEvents).toEqual([])
    await agentCloses(toy, conversationId)
    await toy.botpress.settled()
    expect(await plugin.takeEvent(event(conversationId))).toBe(true)
    expect(plugin.flowEvents).toMatchObject([{ type: 'handoffEnded' }])
  })

  it('reaches no flow when it is sent beside the end of the session', async () => {
    const { conversationId } = await escalated(toy.botpress)
    const { plugin } = toy.botpress
    plugin.switches.botCallMs = 100
    await agentCloses(toy, conversationId)
    expect(await plugin.takeEvent({ ...custom, payload: { conversationId } })).toBe(false)
  })

  it('reaches the flow when the field has another name', async () => {
    const { conversationId } = await escalated(toy.botpress)
    const { plugin } = toy.botpress
    expect(await plugin.takeEvent({ ...custom, payload: { sessionId: conversationId } })).toBe(true)
    expect(plugin.flowEvents).toHaveLength(1)
  })
})
