import { describe, expect, it } from 'vitest'
import { wording } from '../../../sandbox/botpress/hitl/wording'
import { allCalls, firstCalls, NEW_EVENT, PUBLISH, status } from '../faults'
import { receiptOf, threadLines } from '../thread'
import { answersTo, closed, deliver, GRACE } from '../webhooks'
import { isActive, linkedSession, notesIn, pace, stack, textsOf, timesSeen } from './setup'

/** How a session ends, and what arrives late. */
export function describeEndings(): void {
  describe('no customer is left stuck', () => {
    it('when the bot has missed the ending: a later closing tells it again, the same one does not', async () => {
      const { threadId, conversationId } = await linkedSession('Ada', GRACE)
      const at = Date.now()
      const told = () => stack.botpress.events.filter(({ type }) => type === 'hitlStopped').length
      await deliver(stack, [closed(stack, { threadId, at })])
      await deliver(stack, [closed(stack, { threadId, at }), closed(stack, { threadId, at: at + 1_500 })])
      await stack.settled()
      expect(told()).toBe(1)
      await deliver(stack, [closed(stack, { threadId, at: at + 3_000 })])
      await stack.settled()
      expect(told()).toBe(2)
      expect(isActive(conversationId)).toBe(false)
    })

    it('when the bot has missed the ending: what the customer writes later reaches the agent', async () => {
      const { customer, threadId, conversationId } = await linkedSession('Ada', GRACE)
      // The event is accepted and does nothing, as when Botpress fails while it is handled.
      stack.botpress.faults = firstCalls(NEW_EVENT, status(201, {}, { event: {} }))
      await deliver(stack, [closed(stack, { threadId, at: Date.now() - 6_000 })])
      await stack.settled()
      expect(isActive(conversationId)).toBe(true)
      await customer.say('Are you still there?')
      await stack.settled()
      expect(threadLines(stack, threadId).at(-1)).toBe('customer: Are you still there?')
      expect(stack.botpress.conversations.find(({ id }) => id === conversationId)?.tags).not.toHaveProperty('closedAt')
    })

    it('when HubSpot refuses for good: the bot takes over', async () => {
      const { customer, conversationId } = await linkedSession('Ada', GRACE)
      stack.hubspot.tokens.revokeAll()
      await customer.say('Hello?')
      await stack.settled()
      expect(isActive(conversationId)).toBe(false)
      expect(textsOf(customer)).toContain(wording.agentClosed)
      expect(stack.log.join('\n')).toMatch(
        /warn: A session was given back to the bot: HubSpot no longer accepts the connection/,
      )
    })
  })

  describe('the end stays the end', () => {
    it('the end line and the last words become notes, and nothing opens the thread again', async () => {
      const { customer, threadId } = await linkedSession('Ada', GRACE)
      pace(50)
      await Promise.all([customer.say('One more thing'), customer.end()])
      await stack.settled()
      expect(stack.hubspot.thread(threadId).status).toBe('CLOSED')
      const lines = threadLines(stack, threadId)
      expect(lines).toContain(`note: ${wording.sessionEnded}`)
      expect(lines.filter((line) => line.includes('One more thing'))).toHaveLength(1)
    })

    it('what a customer wrote before the agent closed the thread becomes a note', async () => {
      const { customer, threadId } = await linkedSession('Ada', GRACE)
      pace(200)
      await customer.say('Wait')
      stack.hubspot.agent.close(threadId)
      await stack.settled()
      expect(stack.hubspot.thread(threadId).status).toBe('CLOSED')
      const lines = threadLines(stack, threadId).filter((line) => line.includes('Wait'))
      expect(lines).toEqual([expect.stringMatching(/^(note: Ada wrote as the conversation ended: |customer: )Wait$/)])
    })

    it('a request that no agent has taken stays open, with a note how to reach the customer', async () => {
      const { customer, threadId } = await linkedSession()
      await customer.end()
      await stack.settled()
      expect(stack.hubspot.thread(threadId).status).toBe('OPEN')
      expect(notesIn(threadId)).toContain(
        'note: Ada went back to the bot before anyone answered. Reach them at ada@customers.example.org.',
      )
    })

    it('a request that the time-out ends stays open as well', async () => {
      stack.botpress.plugin.switches.agentAssignedTimeout = 3
      const { threadId, customer } = await linkedSession()
      await customer.waitFor(({ text }) => text === wording.noAgentInTime)
      await stack.settled()
      expect(stack.hubspot.thread(threadId).status).toBe('OPEN')
      expect(notesIn(threadId).join()).toContain('went back to the bot before anyone answered')
    })

    it("HubSpot's echo of it, and a later closing, tell the bot nothing", async () => {
      const { customer, threadId } = await linkedSession('Ada', GRACE)
      await customer.end()
      await stack.settled()
      await deliver(stack, [closed(stack, { threadId, at: Date.now() + 10_000 })])
      await stack.settled()
      expect(stack.botpress.events.filter(({ type }) => type === 'hitlStopped')).toEqual([])
    })

    it('a dead HubSpot costs the customer at most five seconds', async () => {
      const { customer } = await linkedSession('Ada', GRACE)
      stack.hubspot.faults = allCalls({ method: 'PATCH', path: /\/threads\// }, { kind: 'delay', ms: 20_000 })
      await customer.end()
      await customer.waitFor(({ text }) => text === wording.customerClosed, 20_000)
      const stop = stack.botpress.operations.find(({ type }) => type === 'stopHitl')
      expect(stop?.durationMs).toBeLessThan(5_000)
    })

    it('stopHitl fails for nothing', async () => {
      expect(await stack.botpress.action('stopHitl', { conversationId: 'conv_unknown' })).toMatchObject({ ok: true })
    })

    it("an agent's words after it are marked as not delivered", async () => {
      const { customer, threadId } = await linkedSession('Ada', GRACE)
      await customer.end()
      await stack.settled()
      const { id } = stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Too late' })
      await stack.settled()
      expect(receiptOf(stack, threadId, id)).toBe(
        'FAILED: Not delivered: the session has ended and the customer is back with the bot.',
      )
      expect(answersTo(stack, id)).toEqual([200])
      expect(timesSeen(customer, 'Too late')).toBe(0)
    })
  })

  it('a message that HubSpot refuses for good leaves a note that one is missing', async () => {
    const { customer, threadId } = await linkedSession('Ada', GRACE)
    stack.hubspot.faults = allCalls(PUBLISH, status(400))
    await customer.say('Refused')
    await stack.settled()
    expect(notesIn(threadId).at(-1)).toContain('A message of the customer is missing here')
  })
}
