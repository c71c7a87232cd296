import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALL_SCOPES } from '../../sandbox/hubspot/testing'
import { startStack, type Stack } from '../../sandbox/stack'
import { allCalls, CHANGE_CONVERSATION, firstCalls, isCallOf, NEW_EVENT, RECORD, status } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { handoffEndedOf, linkedSession, type OpenSession } from '../support/session'
import { threadLines } from '../support/thread'
import { closed, deliver, GRACE } from '../support/webhooks'

const HELP_DESK = '481940'
const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/
const GRACE_SAMPLE = { name: 'Grace Sample', email: 'grace.sample@agents.example.com' }

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
  fillIn(stack, { additionalInboxIds: [HELP_DESK], refreshToken: stack.hubspot.tokens.issueRefreshToken(ALL_SCOPES) })
  await stack.botpress.register()
})
afterAll(async () => stack.close())

/** A session that the plugin has linked. An agent takes it and answers, if the test is about that. */
async function linked(agent?: 'takes it' | 'answers'): Promise<OpenSession> {
  const session = await linkedSession(stack)
  const { customer, threadId } = session
  await customer.say('Is anyone there?')
  await stack.settled()
  if (agent !== undefined) stack.hubspot.agent.assign(threadId, GRACE)
  await stack.settled()
  if (agent === 'answers') await reply(session, 'Yes.')
  return session
}

async function reply({ threadId }: OpenSession, text: string, actorId = GRACE): Promise<void> {
  stack.hubspot.agent.reply(threadId, { actorId, text })
  await stack.settled()
}

async function close({ threadId }: OpenSession): Promise<void> {
  stack.hubspot.agent.close(threadId)
  await stack.settled()
}

const QUESTION = { from: 'customer', name: expect.stringMatching(/^Customer/), text: 'Is anyone there?' }
const fromGrace = (text: string) => ({ from: 'agent', name: 'Grace Sample', text })

describe('the bot is told once what came of a session', () => {
  it('that an agent closed, as a flow reads it', async () => {
    const session = await linked('answers')
    await close(session)
    expect(handoffEndedOf(stack, session)).toEqual([
      {
        sessionId: session.conversationId,
        threadId: session.threadId,
        agent: GRACE_SAMPLE,
        openedAt: expect.stringMatching(ISO),
        assignedAt: expect.stringMatching(ISO),
        answeredAt: expect.stringMatching(ISO),
        endedAt: expect.stringMatching(ISO),
        endedBy: 'agent',
        outcome: 'answered',
        transcript: [QUESTION, fromGrace('Yes.')],
      },
    ])
    const times = ['openedAt', 'assignedAt', 'answeredAt', 'endedAt'].map(
      (name) => handoffEndedOf(stack, session)[0]?.[name],
    )
    expect(times.map(String)).toEqual(times.map(String).sort((a, b) => a.localeCompare(b)))
    expect(
      stack.botpress.plugin.flowEvents.filter(({ payload }) => payload['sessionId'] === session.conversationId),
    ).toHaveLength(1)
    expect(stack.botpress.events.find(({ type }) => type === 'handoffEnded')).not.toHaveProperty('conversationId')
  })

  it('that went on for long after the answer', async () => {
    const session = await linked('answers')
    for (let line = 1; line <= 120; line++) await session.customer.say(`Line ${line}`)
    await stack.settled()
    await close(session)
    const [event] = handoffEndedOf(stack, session)
    expect(event).toMatchObject({ outcome: 'answered', answeredAt: expect.stringMatching(ISO) })
    expect(event?.['transcript']).toHaveLength(20)
  })

  it('that an agent closed without a word', async () => {
    const session = await linked('takes it')
    await close(session)
    const [event] = handoffEndedOf(stack, session)
    expect(event).toMatchObject({ endedBy: 'agent', outcome: 'missed', agent: GRACE_SAMPLE, transcript: [QUESTION] })
    expect(event).not.toHaveProperty('answeredAt')
  })

  it('whose only answer was a chatflow', async () => {
    const session = await linked()
    await reply(session, 'I am a machine', 'L-1')
    await close(session)
    expect(handoffEndedOf(stack, session)).toMatchObject([{ outcome: 'missed', transcript: [QUESTION] }])
    expect(handoffEndedOf(stack, session)[0]).not.toHaveProperty('agent')
  })

  it('whose thread was deleted', async () => {
    const session = await linked('answers')
    stack.hubspot.agent.archive(session.threadId)
    await stack.settled()
    expect(handoffEndedOf(stack, session)).toMatchObject([
      { endedBy: 'deletion', outcome: 'answered', transcript: [QUESTION, fromGrace('Yes.')] },
    ])
  })

  it('that the customer ended after an answer', async () => {
    const session = await linked('answers')
    await session.customer.end()
    await stack.settled()
    expect(handoffEndedOf(stack, session)).toMatchObject([
      { endedBy: 'bot', outcome: 'answered', agent: GRACE_SAMPLE, transcript: [QUESTION, fromGrace('Yes.')] },
    ])
  })

  it('that the customer ended before an agent took it', async () => {
    const session = await linked()
    await session.customer.end()
    await stack.settled()
    expect(handoffEndedOf(stack, session)).toMatchObject([{ endedBy: 'bot', outcome: 'missed' }])
  })

  it.each([
    [
      'after an answer',
      '/bot Refund order 1042.',
      'answered',
      [QUESTION, fromGrace('Yes.'), fromGrace('Refund order 1042.')],
    ],
    ['with no words', '/bot', 'answered', [QUESTION, fromGrace('Yes.')]],
  ])(
    'that an agent gave back %s: what they wrote to the bot is the last line',
    async (_name, text, outcome, transcript) => {
      const session = await linked('answers')
      await reply(session, text)
      await close(session)
      expect(handoffEndedOf(stack, session)).toMatchObject([{ endedBy: 'agent', outcome, transcript }])
    },
  )

  it('that an agent gave back at once: the customer had no answer', async () => {
    const session = await linked('takes it')
    await reply(session, '/bot Ask for the order number.')
    expect(handoffEndedOf(stack, session)).toMatchObject([
      { outcome: 'missed', transcript: [QUESTION, fromGrace('Ask for the order number.')] },
    ])
  })

  it('in a help desk, with the ticket', async () => {
    const customer = stack.botpress.chat.open({ name: 'Ada' })
    const { conversationId = '' } = await customer.escalate({ title: 'A parcel', hitlSession: { inboxId: HELP_DESK } })
    await customer.end()
    await stack.settled()
    const threadId = stack.botpress.conversations.find(({ id }) => id === conversationId)?.tags['id'] ?? ''
    expect(handoffEndedOf(stack, { customer, conversationId, threadId })).toMatchObject([
      { ticketId: stack.hubspot.ticketOf(threadId)?.id },
    ])
  })

  it('whose last reply HubSpot lost: it is in the transcript', async () => {
    const session = await linked('answers')
    stack.hubspot.webhook.lose((event) => JSON.stringify(event).includes('Lost answer'))
    await reply(session, 'Lost answer')
    stack.hubspot.webhook.lose(() => false)
    await close(session)
    expect(handoffEndedOf(stack, session)).toMatchObject([
      { transcript: [QUESTION, fromGrace('Yes.'), fromGrace('Lost answer')] },
    ])
  })

  it('whose thread HubSpot does not show: with what Botpress has of it', async () => {
    const session = await linked('answers')
    stack.hubspot.faults = allCalls(RECORD, status(403))
    await close(session)
    stack.hubspot.faults = undefined
    expect(handoffEndedOf(stack, session)).toMatchObject([
      {
        outcome: 'answered',
        agent: GRACE_SAMPLE,
        transcript: [{ from: 'customer', text: 'Is anyone there?' }, fromGrace('Yes.')],
      },
    ])
  })
})

describe('the end of a session is told once', () => {
  it('however often HubSpot tells of the closing, to any process', async () => {
    const session = await linked('answers')
    stack.hubspot.switches.deliverTimes = 3
    await close(session)
    stack.hubspot.switches.deliverTimes = 1
    await stack.restartIntegration()
    stack.hubspot.agent.reopen(session.threadId)
    await close(session)
    expect(handoffEndedOf(stack, session)).toHaveLength(1)
  })

  it('when Botpress repeats "stopHitl"', async () => {
    const session = await linked('answers')
    const stop = () => stack.botpress.action('stopHitl', { conversationId: session.conversationId })
    await stop()
    await stack.restartIntegration()
    await stop()
    expect(handoffEndedOf(stack, session)).toHaveLength(1)
  })

  it('if Botpress fails to mark it at first', async () => {
    const session = await linked('answers')
    stack.botpress.faults = firstCalls(CHANGE_CONVERSATION, status(500), status(503))
    await close(session)
    stack.botpress.faults = undefined
    expect(handoffEndedOf(stack, session)).toHaveLength(1)
  })

  it('even if the bot missed it, the customer wrote on, and the agent closed again', async () => {
    const session = await linked('answers')
    // The event is accepted and does nothing.
    stack.botpress.faults = firstCalls(NEW_EVENT, status(201, {}, { event: {} }))
    await deliver(stack, [closed(stack, { threadId: session.threadId, at: Date.now() - 6_000 })])
    stack.botpress.faults = undefined
    await session.customer.say('Are you still there?')
    await stack.restartIntegration()
    await close(session)
    expect(stack.botpress.plugin.sessions.at(-1)).toMatchObject({ isActive: false })
    expect(handoffEndedOf(stack, session)).toHaveLength(1)
  })

  it('and an event that Botpress refuses keeps no customer from the bot: the log says so', async () => {
    const session = await linked('answers')
    let events = 0
    stack.botpress.faults = (call) => (isCallOf(NEW_EVENT)(call) && (events += 1) > 1 ? status(400) : undefined)
    await close(session)
    stack.botpress.faults = undefined
    expect(handoffEndedOf(stack, session)).toEqual([])
    expect(stack.log.at(-1)).toContain(
      `The event "handoffEnded" of conversation ${session.conversationId} was not sent`,
    )
    expect(threadLines(stack, session.threadId).at(-1)).toBe('status: CLOSED')
  })
})

it('the bot is told once of a session that HubSpot refuses for good, with what Botpress has of it', async () => {
  const session = await linked('answers')
  stack.hubspot.tokens.revokeAll()
  await Promise.all(['Hello?', 'Are you there?'].map((text) => session.customer.say(text)))
  await stack.settled()
  expect(handoffEndedOf(stack, session)).toMatchObject([{ endedBy: 'bot', outcome: 'answered', agent: GRACE_SAMPLE }])
})
