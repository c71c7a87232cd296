import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import type { Stack } from '../../sandbox/stack'
import { startSecondProcess } from '../support/second-process'
import { startWithSession, type OpenSession } from '../support/session'
import { receiptOf } from '../support/thread'
import { ALAN, GRACE } from '../support/webhooks'

let stack: Stack
let ada: OpenSession
beforeAll(async () => {
  ;({ stack, ada } = await startWithSession())
})
afterAll(async () => stack.close())

const nameAgents = (showAgentName: boolean) => {
  stack.botpress.configuration = { ...stack.botpress.configuration, showAgentName }
}

type Reply = {
  actorId?: string
  text?: string
  richText?: string
  attachments?: { name: string; contentType: string; content: string }[]
}

/** What the customer sees of an agent's reply, up to these words. */
async function seen({ actorId = GRACE, text = '', ...reply }: Reply, last: string): Promise<unknown[]> {
  const before = ada.customer.messages().length
  const { id } = stack.hubspot.agent.reply(ada.threadId, { actorId, text, ...reply })
  await ada.customer.waitFor((message) => shownAs(message) === last)
  await stack.settled()
  expect(receiptOf(stack, ada.threadId, id)).toBe('SENT')
  const messages = ada.customer.messages().slice(before)
  return messages.filter(({ who }) => who !== 'system').map(shownAs)
}

const shownAs = ({ text, payload }: ReturnType<Customer['messages']>[number]) => text ?? payload['title']

const picture = { name: 'vase.png', contentType: 'image/png', content: 'png' }

it('the messages of agents begin as they were written, by default', async () => {
  expect(await seen({ text: 'Hello' }, 'Hello')).toEqual(['Hello'])
})

it('the first message of each agent begins with the name, however often HubSpot sends it, if the owner wants that', async () => {
  nameAgents(true)
  stack.hubspot.switches.deliverTimes = 3
  expect(await seen({ text: 'Hello' }, 'Grace Sample: Hello')).toEqual(['Grace Sample: Hello'])
  expect(await seen({ text: 'Are you there?' }, 'Are you there?')).toEqual(['Are you there?'])
  expect(await seen({ actorId: ALAN, attachments: [picture] }, 'vase.png')).toEqual(['Alan Specimen:', 'vase.png'])
  expect(await seen({ actorId: ALAN, text: 'A vase' }, 'A vase')).toEqual(['A vase'])
  stack.hubspot.switches.deliverTimes = 1
})

it('another process, which has not named an agent itself, does not name the agent again', async () => {
  const another = await startSecondProcess(stack)
  stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text: 'One' })
  await stack.settled()
  const webhooks = stack.botpress.operations.filter(({ operation }) => operation === 'webhook_received')
  const webhook = webhooks[webhooks.length - 1]
  if (!webhook) throw new Error('There was no webhook')
  await another.run(webhook)
  await another.close()
  expect(
    ada.customer
      .messages()
      .filter(({ text }) => text?.includes('One'))
      .map(shownAs),
  ).toEqual(['One'])
})

it('a name comes before a list, not into it', async () => {
  const list = { actorId: 'A-3892668', text: 'one two', richText: '<ul><li>one</li><li>two</li></ul>' }
  const shown = 'Edith Example:\n\n- one\n- two'
  expect(await seen(list, shown)).toEqual([shown])
})

it("each message of an agent tells the bot which one of HubSpot's it is", async () => {
  const { id } = stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text: 'Look', attachments: [picture] })
  await ada.customer.waitFor(({ type, tags }) => type === 'image' && tags?.['hitl#additionalData'] === id)
  await stack.settled()
  const told = ada.customer.messages().filter(({ tags }) => tags?.['hitl#additionalData'] === id)
  expect(told.map(shownAs)).toEqual(['Look', expect.stringContaining('vase')])
})
