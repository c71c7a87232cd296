import { RuntimeError } from '@botpress/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import {
  agentCloses,
  agentIsAssigned,
  agentWrites,
  answered,
  bodies,
  countCalls,
  escalated,
  lines,
} from '../testing/session'
import { installToy, type Toy } from '../testing/toy-integration'
import { wording } from './wording'

let toy: Toy
afterEach(async () => toy.close())

const HANDOFF = `system: ${wording.escalationStarted}`
const REFUSED = 'bot: I could not reach a person. I am still here for you.'

const noSuchInbox = () => Promise.reject(new RuntimeError('No such inbox'))

describe('an escalation', () => {
  it('is told to the customer before the integration is asked for anything', async () => {
    toy = await installToy()
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    const seen: string[][] = []
    toy.botpress.operationFaults = () => void seen.push(lines(customer))
    await customer.escalate()
    expect(seen).toEqual([[HANDOFF], [HANDOFF]])
    expect(lines(customer)).toEqual([HANDOFF])
  })

  it.each(['createUser', 'startHitl'] as const)(
    'is told to the customer although %s fails then, whose reason the flow gets',
    async (action) => {
      toy = await installToy({ actions: { [action]: noSuchInbox } })
      const customer = toy.botpress.chat.open({ name: 'Ada' })
      expect(await customer.escalate()).toEqual({ ok: false, message: 'No such inbox' })
      expect(lines(customer)).toEqual([HANDOFF, REFUSED])
      expect(toy.botpress.plugin.sessions).toEqual([])
    },
  )

  it.each([
    ['NULL', []],
    ['A person is coming.', ['system: A person is coming.']],
  ])('is told as "Escalation Started Message" says: %s', async (message, told) => {
    toy = await installToy()
    toy.botpress.plugin.switches.escalationStartedMessage = message
    const { customer } = await escalated(toy.botpress)
    expect(lines(customer)).toEqual(told)
  })

  it('opens nothing and says nothing while a session is active', async () => {
    toy = await installToy()
    const { customer } = await escalated(toy.botpress)
    await customer.say('Hello?')
    await toy.botpress.settled()
    expect(await customer.escalate()).toEqual({ ok: true })
    expect(lines(customer)).toEqual([HANDOFF, 'Ada: Hello?'])
    expect(bodies(toy.botpress, 'startHitl')).toHaveLength(1)
  })

  it('opens nothing and says nothing until a customer has written since the last session was started', async () => {
    toy = await installToy()
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentCloses(toy, conversationId)
    await toy.botpress.settled()
    const before = lines(customer)
    expect(await customer.escalate()).toEqual({ ok: true })
    expect(lines(customer)).toEqual(before)
    await customer.say('A person, please')
    await toy.botpress.settled()
    expect(await customer.escalate()).toMatchObject({ ok: true, conversationId: expect.any(String) })
    expect(bodies(toy.botpress, 'startHitl')).toHaveLength(2)
  })

  it('opens another thread when there are two cards at once, and the customer writes to the later one', async () => {
    toy = await installToy()
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    const opened = await Promise.all([customer.escalate(), customer.escalate()])
    expect(new Set(opened.map(({ conversationId }) => conversationId)).size).toBe(2)
    expect(toy.botpress.plugin.sessions.map(({ isActive }) => isActive)).toEqual([true, true])
    await customer.say('Hello')
    await toy.botpress.settled()
    const [, later] = toy.botpress.plugin.sessions
    expect(toy.received.map(({ conversation }) => conversation.id)).toEqual([later?.downstreamConversationId])
  })

  it('leaves what the customer writes meanwhile to the flow', async () => {
    toy = await installToy()
    toy.botpress.operationFaults = ({ type }) => (type === 'startHitl' ? { kind: 'delay', ms: 100 } : undefined)
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    const escalation = customer.escalate()
    await answered(toy.botpress, 'createUser')
    await customer.say('Are you there?')
    await escalation
    await toy.botpress.settled()
    expect(lines(customer)).toEqual([HANDOFF, 'Ada: Are you there?', expect.stringMatching(/^bot: I am a bot/)])
    expect(toy.received).toEqual([])
  })
})

describe('a session that was started', () => {
  /** The bot is slow, and the integration answers as soon as it can. */
  async function started() {
    toy = await installToy()
    toy.botpress.plugin.switches.botCallMs = 100
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    const escalation = customer.escalate()
    await answered(toy.botpress, 'startHitl')
    const conversationId = toy.botpress.conversations[0]?.id ?? ''
    return { customer, escalation, conversationId }
  }

  it('is linked after five more calls of the bot', async () => {
    const { escalation } = await started()
    const calls = countCalls(toy.botpress)
    await escalation
    expect(calls()).toBe(5)
  })

  it('drops the messages and events that come before it is linked', async () => {
    const { customer, escalation, conversationId } = await started()
    const { user } = await agentWrites(toy, conversationId, 'Too early')
    await agentIsAssigned(toy, conversationId, user.id)
    await escalation
    await toy.botpress.settled()
    expect(toy.botpress.plugin.drops).toEqual([
      { kind: 'message', type: 'text', conversationId },
      { kind: 'event', type: 'hitlAssigned', conversationId },
    ])
    expect(lines(customer)).toEqual([HANDOFF])
  })

  it('holds the customer until /end when its ending was dropped', async () => {
    const { customer, escalation, conversationId } = await started()
    await agentCloses(toy, conversationId)
    await escalation
    await customer.say('Hello?')
    await toy.botpress.settled()
    expect(toy.received).toMatchObject([{ payload: { text: 'Hello?' } }])
    await customer.end()
    await toy.botpress.settled()
    expect(toy.botpress.plugin.sessions).toMatchObject([{ isActive: false }])
  })

  it('is known to the integration by the plugin’s tags', async () => {
    toy = await installToy()
    const { customer, conversationId } = await escalated(toy.botpress)
    const conversation = toy.botpress.conversations.find(({ id }) => id === conversationId)
    expect(conversation?.tags).toMatchObject({ 'hitl#upstream': customer.conversationId })
    expect(toy.botpress.users).toMatchObject([{ tags: { 'hitl#upstream': customer.userId } }])
    expect(customer.tags).toMatchObject({ 'hitl#downstream': toy.botpress.users[0]?.id })
  })
})
