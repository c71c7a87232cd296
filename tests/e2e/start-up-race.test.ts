import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fault } from '../../sandbox/http/faults'
import { startStack, type Stack } from '../../sandbox/stack'
import { chatLines } from '../support/chat'
import { allCalls, CHANGE_CONVERSATION, firstCalls, NOTE } from '../support/faults'
import { latestThread, receiptOf } from '../support/thread'
import { GRACE } from '../support/webhooks'

const JOINED = 'system: A human agent has joined the conversation.'
const REPLY = 'Grace Sample: I have it already.'

let stack: Stack
beforeEach(async () => {
  stack = await startStack()
  await stack.botpress.register()
  stack.hubspot.contacts.add({ email: 'ada@customers.example.org' })
})
afterEach(async () => stack.close())

/** The agent takes the thread and replies as soon as HubSpot has it, whatever Botpress knows by then. */
async function answeredAtOnce() {
  const ada = stack.botpress.chat.open({ name: 'Ada' })
  await ada.say('My order arrived broken.')
  const escalated = ada.escalate({ userEmail: 'ada@customers.example.org' })
  await vi.waitUntil(() => stack.hubspot.threads().length > 0, { interval: 5, timeout: 10_000 })
  const threadId = latestThread(stack)
  stack.hubspot.agent.assign(threadId, GRACE)
  const { id } = stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'I have it already.' })
  const { ok } = await escalated
  await stack.settled()
  const lines = chatLines(ada).filter((line) => line === JOINED || line === REPLY)
  return { ok, lines, receipt: receiptOf(stack, threadId, id), conversations: stack.botpress.conversations.length }
}

const ALL_WELL = { ok: true, lines: [JOINED, REPLY], receipt: 'SENT', conversations: 1 }

describe('an agent who replies before the session is open', () => {
  const slowly = (ms: number): Fault => ({ kind: 'delay', ms })

  it.each([0, 50, 100, 400])(
    'reaches the customer once, after the announcement: %i ms a call of the bot',
    async (botCallMs) => {
      stack.botpress.plugin.switches.botCallMs = botCallMs
      stack.hubspot.faults = allCalls(NOTE, slowly(700))
      expect(await answeredAtOnce()).toEqual(ALL_WELL)
      expect(stack.botpress.plugin.drops).toEqual([])
    },
  )

  it('reaches the customer even if the opening takes longer than a webhook can wait', async () => {
    stack.botpress.faults = firstCalls(CHANGE_CONVERSATION, slowly(2500))
    expect(await answeredAtOnce()).toEqual(ALL_WELL)
    expect(stack.hubspot.webhook.deliveries.map(({ status }) => status)).toContain(503)
  })

  it('reaches the customer even if HubSpot is slow to accept the conversation so far', async () => {
    stack.hubspot.faults = allCalls(NOTE, slowly(3000))
    expect(await answeredAtOnce()).toEqual(ALL_WELL)
    expect(stack.botpress.plugin.drops).toEqual([])
  })
})
