import { RuntimeError } from '@botpress/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import type { Customer } from '../index'
import { agentCloses, agentIsAssigned, bodies, escalated, lines } from '../testing/session'
import { installToy, type Toy } from '../testing/toy-integration'
import { wording } from './wording'

let toy: Toy
afterEach(async () => toy.close())

const BACK = 'bot: You are back with the bot.'

/** All that the customer sees after the first line, which tells of the escalation, but for the customer's own words. */
const told = (customer: Customer) =>
  lines(customer)
    .slice(1)
    .filter((line) => !line.startsWith('Ada: '))

const ENDINGS: Record<string, { end: (customer: Customer) => Promise<void>; told: string[] }> = {
  'the customer writes /end': {
    end: (customer) => customer.end(),
    told: [`system: ${wording.customerClosed}`, BACK],
  },
  'the customer writes it in capitals, between blanks': {
    end: (customer) => customer.say('  /END '),
    told: [`system: ${wording.customerClosed}`, BACK],
  },
  'the customer writes another close command': {
    end: async (customer) => {
      toy.botpress.plugin.switches.closeCommand = 'Bye'
      await customer.say('bye')
    },
    told: [`system: ${wording.customerClosed}`, BACK],
  },
  'the flow stops it': {
    end: ({ conversationId }) => toy.botpress.plugin.stop(conversationId),
    told: [BACK],
  },
}

describe('a session that the bot’s side ends', () => {
  it.each(Object.entries(ENDINGS))('tells the agent and the integration when %s', async (_, ending) => {
    toy = await installToy()
    const { customer, conversationId } = await escalated(toy.botpress)
    await ending.end(customer)
    await toy.botpress.settled()
    expect(toy.received).toMatchObject([{ type: 'text', payload: { text: wording.sessionEnded } }])
    expect(toy.received[0]?.payload).not.toHaveProperty('userId')
    expect(bodies(toy.botpress, 'stopHitl')).toEqual([{ type: 'stopHitl', input: { conversationId } }])
    expect(told(customer)).toEqual(ending.told)
    expect(toy.botpress.plugin.sessions).toMatchObject([{ isActive: false }])
  })

  it('writes its line without waiting for the delivery, which can be later than stopHitl', async () => {
    toy = await installToy()
    const { customer } = await escalated(toy.botpress)
    toy.botpress.operationFaults = ({ operation }) =>
      operation === 'message_created' ? { kind: 'delay', ms: 100 } : undefined
    await customer.end()
    await toy.botpress.settled()
    expect(toy.botpress.operations.map(({ type }) => type).slice(-2)).toEqual(['stopHitl', 'text'])
  })

  it.each(Object.entries(ENDINGS))(
    'has no closing line and no flow that continues when stopHitl fails after %s',
    async (_, ending) => {
      toy = await installToy({ actions: { stopHitl: () => Promise.reject(new RuntimeError('HubSpot is away')) } })
      const { customer, conversationId } = await escalated(toy.botpress)
      await ending.end(customer)
      await toy.botpress.settled()
      expect(told(customer)).toEqual([])
      expect(toy.botpress.plugin.failures).toMatchObject([
        { conversationId, type: 'stopHitl', message: 'HubSpot is away' },
      ])
      expect(toy.botpress.plugin.sessions).toMatchObject([{ isActive: false }])
    },
  )
})

describe('"Agent Assigned Timeout"', () => {
  const TIMED_OUT = [`system: ${wording.noAgentInTime}`, BACK]

  it('ends a session that no agent has taken', async () => {
    toy = await installToy()
    toy.botpress.plugin.switches.agentAssignedTimeout = 0.1
    const { customer } = await escalated(toy.botpress)
    await toy.botpress.settled()
    expect(told(customer)).toEqual(TIMED_OUT)
    expect(toy.received).toMatchObject([{ payload: { text: wording.sessionEnded } }])
    expect(bodies(toy.botpress, 'stopHitl')).toHaveLength(1)
  })

  it.each([
    ['an agent is assigned', agentIsAssigned],
    ['the session has ended', agentCloses],
  ])('does nothing once %s', async (_, happens) => {
    toy = await installToy()
    toy.botpress.plugin.switches.agentAssignedTimeout = 1
    const { customer, conversationId } = await escalated(toy.botpress)
    await happens(toy, conversationId)
    await toy.botpress.settled()
    expect(told(customer)).not.toContain(TIMED_OUT[0])
    expect(bodies(toy.botpress, 'stopHitl')).toEqual([])
  })

  it('never ends a session in a chat in which an agent was assigned before', async () => {
    toy = await installToy()
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentIsAssigned(toy, conversationId)
    await agentCloses(toy, conversationId)
    await customer.say('Once more')
    await toy.botpress.settled()
    toy.botpress.plugin.switches.agentAssignedTimeout = 0.1
    await customer.escalate()
    await toy.botpress.settled()
    expect(told(customer)).not.toContain(TIMED_OUT[0])
    expect(toy.botpress.plugin.sessions.map(({ isActive }) => isActive)).toEqual([false, true])
  })
})
