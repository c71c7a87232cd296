import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import { startStack, type Stack } from '../../sandbox/stack'
import { openSession } from '../support/session'
import { latestThread } from '../support/thread'

/** What each step may cost at most once the process is warm: calls to Botpress and to HubSpot. */
describe('the number of calls', () => {
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

  async function cost(step: () => unknown): Promise<{ botpress: number; hubspot: number }> {
    const before = { botpress: stack.botpress.log.calls.length, hubspot: stack.hubspot.log.calls.length }
    await step()
    await stack.settled()
    return {
      botpress: stack.botpress.log.calls.length - before.botpress,
      hubspot: stack.hubspot.log.calls.length - before.hubspot,
    }
  }

  it("a customer's text: one call to HubSpot", async () => {
    expect(await cost(() => ada.say('Hello'))).toEqual({ botpress: 0, hubspot: 1 })
  })

  it("an agent's text: one call to Botpress and the receipt", async () => {
    const reply = () => stack.hubspot.agent.reply(threadId, { actorId: 'A-3892666', text: 'Hi' })
    expect(await cost(reply)).toEqual({ botpress: 1, hubspot: 1 })
  })

  it('another agent takes over: four and the look at the new face', async () => {
    expect(await cost(() => stack.hubspot.agent.assign(threadId, 'A-3892667'))).toEqual({ botpress: 4, hubspot: 1 })
    expect(await cost(() => stack.hubspot.agent.assign(threadId, 'A-3892666'))).toEqual({ botpress: 4, hubspot: 0 })
  })

  it("an event about somebody else's thread: one look-up", async () => {
    const foreign = { subscriptionType: 'conversation.deletion', objectId: 5, appId: 1160452, portalId: 243842089 }
    const send = () => stack.hubspot.webhook.send(stack.botpress.webhookUrl, [{ ...foreign, occurredAt: 1 }])
    expect(await cost(send)).toEqual({ botpress: 1, hubspot: 0 })
    expect(stack.botpress.conversations).toHaveLength(1)
  })

  it('the agent closes: three', async () => {
    expect(await cost(() => stack.hubspot.agent.close(threadId))).toEqual({ botpress: 3, hubspot: 0 })
  })

  it('createUser and startHitl: one and one, two and two', async () => {
    const bob = stack.botpress.chat.open({ name: 'Bob' })
    await bob.say('Hello')
    const input = { name: 'Bob', email: 'ada@customers.example.org' }
    expect(await cost(() => stack.botpress.action('createUser', input))).toEqual({ botpress: 1, hubspot: 1 })
    const both = await cost(() => bob.escalate({ userEmail: 'ada@customers.example.org' }))
    expect(both).toEqual({ botpress: 1 + 2, hubspot: 1 + 2 })
  })

  it('stopHitl: two and one', async () => {
    const conversationId = stack.botpress.conversations.find(({ tags }) => tags['id'] === latestThread(stack))?.id
    const stop = () => stack.botpress.action('stopHitl', { conversationId })
    // HubSpot's echo of the closing, one look-up, is among them.
    expect(await cost(stop)).toEqual({ botpress: 2 + 1, hubspot: 1 })
  })

  it('a second save of the same configuration: three and five at most, and no second channel', async () => {
    const { botpress, hubspot } = await cost(() => stack.botpress.register())
    expect(botpress).toBeLessThanOrEqual(3)
    expect(hubspot).toBeLessThanOrEqual(5)
    expect(stack.hubspot.channels()).toHaveLength(1)
  })
})
