import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import type { Stack } from '../../sandbox/stack'
import { ACTOR, allCalls, status } from '../support/faults'
import { startSecondProcess } from '../support/second-process'
import { startWithSession, type OpenSession } from '../support/session'
import { receiptOf } from '../support/thread'
import { ALAN, deliver, GRACE } from '../support/webhooks'

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

const EDITH = 'A-3892668'
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

it('an agent whom another process has named is not named again', async () => {
  const another = await startSecondProcess(stack)
  const isWebhook = ({ operation }: { operation: string }) => operation === 'webhook_received'
  stack.botpress.operationFaults = (request) => (isWebhook(request) ? { kind: 'status', status: 200 } : undefined)
  stack.hubspot.agent.reply(ada.threadId, { actorId: EDITH, text: 'Only for another' })
  await stack.settled()
  stack.botpress.operationFaults = undefined
  const webhook = stack.botpress.operations.find(({ requestBody }) => requestBody.includes('Only for another'))
  expect(webhook && (await another.run(webhook))).toMatchObject({ status: 200 })
  await another.close()
  await ada.customer.waitFor((message) => shownAs(message) === 'Edith Example: Only for another')
  expect(await seen({ actorId: EDITH, text: 'Two' }, 'Two')).toEqual(['Two'])
})

it('the message of an agent whom HubSpot does not name, or of no one, has no name to begin with', async () => {
  nameAgents(true)
  stack.hubspot.faults = allCalls(ACTOR, status(404))
  const [channel] = stack.hubspot.channels()
  for (const senders of [[{ actorId: 'A-9001' }], []]) {
    const text = `Hello from ${senders.length}`
    const message = { id: `n-${senders.length}`, conversationsThreadId: ada.threadId, senders, text }
    const event = { type: 'OUTGOING_CHANNEL_MESSAGE_CREATED', channelId: channel?.id, message }
    expect(await deliver(stack, event)).toMatchObject({ status: 200 })
    await ada.customer.waitFor((shown) => shownAs(shown) === text)
  }
  stack.hubspot.faults = undefined
})

it("each message of an agent tells the bot which one of HubSpot's it is", async () => {
  const { id } = stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text: 'Look', attachments: [picture] })
  await ada.customer.waitFor(({ type, tags }) => type === 'image' && tags?.['hitl#additionalData'] === id)
  await stack.settled()
  const told = ada.customer.messages().filter(({ tags }) => tags?.['hitl#additionalData'] === id)
  expect(told.map(shownAs)).toEqual(['Look', expect.stringContaining('vase')])
})
