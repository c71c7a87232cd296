import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { wording } from '../../sandbox/botpress/hitl/wording'
import { startStack, type Stack } from '../../sandbox/stack'
import { chatLines } from '../support/chat'
import { allCalls, callsOf, changed, INITIALIZE, RECORD, status } from '../support/faults'
import {
  eventsOf,
  openSession,
  sessionsAreLinked,
  sessionWithAgent,
  timesSeen,
  type OpenSession,
} from '../support/session'
import { receiptOf, threadLines } from '../support/thread'
import { deliver, GRACE, type AppEvent } from '../support/webhooks'

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
  await stack.botpress.register()
})
afterAll(async () => stack.close())

const isReply = (text: string) => (event: AppEvent) => JSON.stringify(event).includes(`"text":"${text}"`)
const isOf = (session: OpenSession) => (event: AppEvent) => JSON.stringify(event).includes(session.threadId)
const isChange = (name: string, value: string) => (event: AppEvent) =>
  event['propertyName'] === name && event['propertyValue'] === value

describe('a whole session in which HubSpot loses a webhook: everything arrives once, and the session ends once', () => {
  const LOST: [string, (event: AppEvent) => boolean][] = [
    ['none', () => false],
    ['the assignment', isChange('assignedTo', GRACE)],
    ['the first reply', isReply('First answer')],
    ['the last reply, which has a file', isReply('Last answer')],
    ['the closing', isChange('status', 'CLOSED')],
    ['all that it tells of threads besides', (event) => /creation|newMessage/.test(String(event['subscriptionType']))],
  ]
  let sessions: OpenSession[]
  let receipts: { first: string; last: string }[]

  /** All sessions at once. */
  const step = async <T>(act: (session: OpenSession, index: number) => T | Promise<T>): Promise<T[]> => {
    const results = await Promise.all(sessions.map(act))
    await stack.settled()
    return results
  }

  beforeAll(async () => {
    const { agent } = stack.hubspot
    let losses = LOST.map(([, isLost]) => isLost)
    stack.hubspot.webhook.lose((event) => sessions.some((each, index) => isOf(each)(event) && losses[index]?.(event)))
    sessions = []
    for (const index of LOST.keys()) sessions.push(await openSession(stack, `Customer ${index}`))
    await sessionsAreLinked(stack)
    await step(({ threadId }) => agent.assign(threadId, GRACE))
    const first = await step(({ threadId }) => agent.reply(threadId, { actorId: GRACE, text: 'First answer' }).id)
    await step(({ customer }) => customer.say('Thanks'))
    const attachments = [{ name: 'plan.pdf', contentType: 'application/pdf', content: 'x' }]
    const last = await step(
      ({ threadId }) => agent.reply(threadId, { actorId: GRACE, text: 'Last answer', attachments }).id,
    )
    await step(({ threadId }) => agent.close(threadId))
    losses = []
    // A customer whose session has not ended writes to the agent, who closes again.
    const isOpen = ({ conversationId }: OpenSession) => !eventsOf(stack, conversationId).includes('hitlStopped')
    const open = sessions.filter(isOpen)
    await Promise.all(open.map(({ customer }) => customer.say('Are you still there?')))
    await stack.settled()
    for (const { threadId } of open) agent.close(threadId)
    await stack.settled()
    receipts = sessions.map(({ threadId }, index) => ({
      first: receiptOf(stack, threadId, first[index] ?? ''),
      last: receiptOf(stack, threadId, last[index] ?? ''),
    }))
  })

  it.each(LOST.map(([name], index) => [name, index] as const))('%s', (name, index) => {
    const session = sessions[index]
    if (!session) throw new Error(`There is no session ${index}`)
    const { customer, threadId } = session
    const told = chatLines(customer).filter((line) => /^(Grace Sample|system): (?!I have escalated)/.test(line))
    const once = ['First answer', 'Last answer', 'file'].map((what) => `Grace Sample: ${what}`)
    const [joined, closed] = [wording.agentAssigned, wording.agentClosed].map((words) => `system: ${words}`)
    expect([...told].sort()).toEqual([...once, joined, closed])
    expect(told.at(-1)).toBe(closed)
    expect(receipts[index]).toEqual({ first: 'SENT', last: 'SENT' })
    const written = threadLines(stack, threadId).filter(
      (line) => line.startsWith('customer: ') && !line.includes('asked the bot'),
    )
    expect(written).toEqual(
      name === 'the closing' ? ['customer: Thanks', 'customer: Are you still there?'] : ['customer: Thanks'],
    )
  })
})

describe("an agent's reply whose webhook is lost", () => {
  async function sessionWithLostReply(): Promise<OpenSession & { messageId: string; webhook: AppEvent }> {
    const session = await sessionWithAgent(stack)
    let webhook: AppEvent = {}
    stack.hubspot.webhook.lose((event) => {
      if (!isOf(session)(event) || !isReply('Lost answer')(event)) return false
      webhook = event
      return true
    })
    const { id: messageId } = stack.hubspot.agent.reply(session.threadId, { actorId: GRACE, text: 'Lost answer' })
    await stack.settled()
    expect(timesSeen(session.customer, 'Lost answer')).toBe(0)
    return { ...session, messageId, webhook }
  }

  it('counts as delivered when the webhook arrives after the closing, to any process', async () => {
    const { customer, threadId, messageId, webhook } = await sessionWithLostReply()
    stack.hubspot.agent.close(threadId)
    await stack.settled()
    for (const isNewProcess of [false, true]) {
      if (isNewProcess) await stack.restartIntegration()
      expect((await deliver(stack, webhook)).status).toBe(200)
      expect(receiptOf(stack, threadId, messageId)).toBe('SENT')
    }
    expect(timesSeen(customer, 'Lost answer')).toBe(1)
  })

  it.each([
    ['refuses to show the thread', status(403)],
    ['fails', status(500)],
    ['answers too late', { kind: 'delay', ms: 3_000 } as const],
  ])('does not keep the customer from the bot if HubSpot %s: the log names the thread', async (_how, fault) => {
    const { customer, conversationId, threadId } = await sessionWithLostReply()
    stack.hubspot.faults = allCalls(RECORD, fault)
    stack.hubspot.agent.close(threadId)
    await stack.settled()
    stack.hubspot.faults = undefined
    expect(eventsOf(stack, conversationId)).toEqual(['hitlAssigned', 'hitlStopped'])
    expect(timesSeen(customer, wording.agentClosed)).toBe(1)
    expect(stack.log.at(-1)).toContain(`HubSpot thread ${threadId} could not be read when it was closed`)
  })

  it('arrives as well when the thread is deleted, and no note does', async () => {
    const { customer, threadId } = await sessionWithLostReply()
    stack.hubspot.agent.archive(threadId)
    await stack.settled()
    expect(timesSeen(customer, 'Lost answer')).toBe(1)
    expect(chatLines(customer).filter((line) => line.startsWith('Grace Sample'))).toEqual(['Grace Sample: Lost answer'])
  })

  /** What the customer sees at the end, when HubSpot shows other entries in place of the agent's reply. */
  async function seenAtEnd({ customer, threadId }: OpenSession, entriesFor: (reply: Entry) => Entry[]) {
    stack.hubspot.faults = changed(RECORD, ({ results, ...page }) => {
      const entries = z.array(z.record(z.string(), z.unknown())).parse(results)
      const isReplyOf = (entry: Entry) => entry['type'] === 'MESSAGE' && entry['direction'] === 'OUTGOING'
      return { ...page, results: entries.flatMap((entry) => (isReplyOf(entry) ? entriesFor(entry) : [entry])) }
    })
    stack.hubspot.agent.close(threadId)
    await stack.settled()
    stack.hubspot.faults = undefined
    const seen = customer.messages().filter(({ who }) => who === 'agent')
    return seen.map(({ text }) => text ?? 'file')
  }

  it('arrives in the order of time with others, of any age since the opening', async () => {
    const shown = await seenAtEnd(await sessionWithLostReply(), (reply) => {
      const at = (ms: number, text: string) => {
        const createdAt = new Date(Date.parse(String(reply['createdAt'])) + ms).toISOString()
        return { ...reply, id: `m${ms}`, text, richText: '', createdAt }
      }
      return [
        reply,
        at(1_000, 'Later'),
        at(-1_000, 'Earlier'),
        at(-110_000, 'By another clock'),
        at(-130_000, 'Of an earlier session'),
      ]
    })
    expect(shown).toEqual(['By another clock', 'Earlier', 'Lost answer', 'Later'])
  })

  it('arrives alone: no note, no word of the customer or for the bot, and nothing that the agent knows has failed', async () => {
    const shown = await seenAtEnd(await sessionWithLostReply(), (reply) => [
      reply,
      { ...reply, id: 'note', type: 'COMMENT' },
      { ...reply, id: 'question', direction: 'INCOMING' },
      { ...reply, id: 'failed', status: { statusType: 'FAILED' } },
      { ...reply, id: 'to-the-bot', text: '/bot Please go on' },
      { ...reply, id: 'empty', text: ' ', richText: '' },
      { ...reply, id: 'undated', text: 'Undated', richText: '', createdAt: undefined },
    ])
    expect(shown.sort()).toEqual(['Lost answer', 'Undated'])
  })

  it('arrives whole if only a part of it has arrived before, and no part twice', async () => {
    const attachments = [{ type: 'FILE', url: 'https://files.example.com/plan.pdf', name: 'plan.pdf' }]
    const session = await sessionWithAgent(stack)
    stack.hubspot.agent.reply(session.threadId, { actorId: GRACE, text: 'The plan' })
    await stack.settled()
    expect(await seenAtEnd(session, (entry) => [{ ...entry, attachments }])).toEqual(['The plan', 'file'])
  })
})

describe('the end of a session from which nothing is missing', () => {
  const looks = () => callsOf(stack.botpress, { method: 'GET', path: /\/messages$/ }).length
  const deliveries = () => callsOf(stack.botpress, INITIALIZE).length
  const end = async ({ threadId }: OpenSession) => {
    stack.botpress.log.clear()
    stack.hubspot.agent.close(threadId)
    await stack.settled()
    stack.hubspot.faults = undefined
  }

  it('costs no look at the conversation if no agent has replied', async () => {
    await end(await sessionWithAgent(stack))
    expect([looks(), deliveries()]).toEqual([0, 0])
  })

  it('delivers nothing again: words, a file alone, and words with something that cannot be shown', async () => {
    const session = await sessionWithAgent(stack)
    const attachments = [{ name: 'plan.pdf', contentType: 'application/pdf', content: 'x' }]
    for (const reply of [{ text: 'Words' }, { text: ' ', richText: '', attachments }, { text: 'More words' }]) {
      stack.hubspot.agent.reply(session.threadId, { actorId: GRACE, ...reply })
      await stack.settled()
    }
    stack.hubspot.faults = changed(RECORD, ({ results, ...page }) => {
      const entries = z.array(z.record(z.string(), z.unknown())).parse(results)
      const isWords = (entry: Entry) => entry['text'] === 'More words'
      const shiny = { attachments: [{ type: 'SOMETHING_NEW' }] }
      return { ...page, results: entries.map((entry) => (isWords(entry) ? { ...entry, ...shiny } : entry)) }
    })
    await end(session)
    expect([looks(), deliveries()]).toEqual([1, 0])
  })

  it('looks at as many pages of the conversation as it has', async () => {
    const session = await sessionWithAgent(stack)
    for (let n = 0; n < 25; n++) stack.hubspot.agent.reply(session.threadId, { actorId: GRACE, text: `Reply ${n}` })
    await stack.settled()
    await end(session)
    expect([looks(), deliveries()]).toEqual([2, 0])
  })
})

type Entry = Record<string, unknown>
