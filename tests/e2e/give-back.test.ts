import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { chatLines, sees } from '../support/chat'
import { eventsOf, sessionWithAgent, tagsOf, type OpenSession } from '../support/session'
import { receiptOf, threadLines } from '../support/thread'
import { GRACE } from '../support/webhooks'

const NOTE = 'note: The customer is back with the bot and did not see "/bot". This conversation stays open.'

let stack: Stack
let ada: OpenSession
beforeAll(async () => {
  stack = await startStack()
  await stack.botpress.register()
})
beforeEach(async () => {
  ada = await sessionWithAgent(stack)
  stack.hubspot.agent.assign(ada.threadId, GRACE)
  await stack.settled()
})
afterEach(() => {
  stack.hubspot.switches.deliverTimes = 1
  stack.hubspot.switches.webhooks = 'full'
  stack.hubspot.switches.refuseComments = false
  stack.hubspot.webhook.lose(() => false)
})
afterAll(async () => stack.close())

async function replied(text: string): Promise<string> {
  const { id } = stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text })
  await stack.settled()
  return id
}

const events = () => eventsOf(stack, ada.conversationId)

describe('an agent who replies "/bot"', () => {
  it.each(['/bot', ' /Bot ', '/bot The refund is on its way.', '/bot, a refund.', '/BOT!'])(
    'gives the customer back and keeps the thread open: %j',
    async (text) => {
      const id = await replied(text)
      await sees(ada.customer, 'You are back with the bot.')
      expect(chatLines(ada.customer).filter((line) => /\/bot|refund/i.test(line))).toEqual([])
      expect(events()).toEqual(['hitlAssigned', 'hitlStopped'])
      expect(stack.hubspot.thread(ada.threadId)).toMatchObject({ status: 'OPEN', assignedTo: GRACE })
      expect(threadLines(stack, ada.threadId).at(-1)).toBe(NOTE)
      expect(tagsOf(stack, ada)).toMatchObject({ endedBy: 'agent', closedAt: expect.stringMatching(/^\d{13}$/) })
      expect(receiptOf(stack, ada.threadId, id)).toBe('SENT')
    },
  )

  it('does so once, however often HubSpot delivers the message', async () => {
    stack.hubspot.switches.deliverTimes = 3
    await replied('/bot')
    expect(events()).toEqual(['hitlAssigned', 'hitlStopped'])
    expect(threadLines(stack, ada.threadId).filter((line) => line === NOTE)).toHaveLength(1)
  })

  it.each(['lean', 'null'] as const)('does so where webhooks are %s', async (webhooks) => {
    stack.hubspot.switches.webhooks = webhooks
    await replied('/bot')
    expect(events()).toEqual(['hitlAssigned', 'hitlStopped'])
    expect(chatLines(ada.customer).filter((line) => line.includes('/bot'))).toEqual([])
  })

  it('does so after earlier words that arrive later', async () => {
    stack.hubspot.webhook.lose(({ type }) => type === 'OUTGOING_CHANNEL_MESSAGE_CREATED')
    await replied('Your parcel is on its way.')
    stack.hubspot.webhook.lose(() => false)
    await replied('/bot')
    const lines = chatLines(ada.customer)
    expect(lines.indexOf('Grace Sample: Your parcel is on its way.')).toBeGreaterThan(0)
    expect(lines.at(-1)).toBe('bot: You are back with the bot.')
  })

  it('does so where HubSpot takes no notes', async () => {
    stack.hubspot.switches.refuseComments = true
    await replied('/bot')
    expect(events()).toEqual(['hitlAssigned', 'hitlStopped'])
    expect(stack.log.at(-1)).toMatch(
      /^warn: HubSpot thread \d+ has no note that the customer is back with the bot \(\w+\)\.$/,
    )
  })

  it('gives the customer back once if only the closing reaches us', async () => {
    stack.hubspot.webhook.lose(({ type }) => type === 'OUTGOING_CHANNEL_MESSAGE_CREATED')
    await replied('/bot')
    expect(events()).toEqual(['hitlAssigned'])
    stack.hubspot.agent.close(ada.threadId, GRACE)
    await stack.settled()
    expect(events()).toEqual(['hitlAssigned', 'hitlStopped'])
    expect(chatLines(ada.customer).filter((line) => line.includes('/bot'))).toEqual([])
  })

  it('is told that later replies reach no one, and closing the thread changes nothing for the customer', async () => {
    await replied('/bot')
    const id = await replied('Are you still there?')
    expect(receiptOf(stack, ada.threadId, id)).toMatch(/^FAILED: Not delivered: the session has ended/)
    const before = chatLines(ada.customer)
    stack.hubspot.agent.close(ada.threadId, GRACE)
    await stack.settled()
    expect(chatLines(ada.customer)).toEqual(before)
  })
})

it('a reply that only begins like "/bot" reaches the customer', async () => {
  await replied('/bottle of water')
  await sees(ada.customer, '/bottle of water')
  expect(events()).toEqual(['hitlAssigned'])
})
