import { RuntimeError } from '@botpress/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { agentWrites, escalated, lines } from '../testing/session'
import { installToy, type Toy } from '../testing/toy-integration'
import { wording } from './wording'

let toy: Toy
afterEach(async () => toy.close())

describe('what a customer writes in a session', () => {
  it.each([
    { type: 'text', payload: { text: 'Grüße 🌍' } },
    { type: 'image', payload: { imageUrl: 'https://x.test/1.png' } },
    { type: 'audio', payload: { audioUrl: 'https://x.test/1.mp3' } },
    { type: 'video', payload: { videoUrl: 'https://x.test/1.mp4' } },
    { type: 'file', payload: { fileUrl: 'https://x.test/1.pdf', title: 'Bill' } },
    { type: 'bloc', payload: { items: [{ type: 'text', payload: { text: 'in a bloc' } }] } },
  ])('comes from the bot, and names the customer and its own type: $type', async ({ type, payload }) => {
    toy = await installToy()
    const { customer, conversationId } = await escalated(toy.botpress)
    await customer.send({ type, payload })
    await toy.botpress.settled()
    const userId = toy.botpress.users[0]?.id
    expect(toy.received).toHaveLength(1)
    expect(toy.received[0]?.payload).toEqual({ ...payload, type, userId })
    expect(toy.received[0]).toMatchObject({
      type,
      user: { id: toy.botpress.botUserId, tags: {} },
      conversation: { id: conversationId, channel: 'hitl', tags: { id: 'thread-1', userId } },
      message: { direction: 'outgoing', conversationId, tags: {} },
    })
  })

  it.each([
    { type: 'location', payload: { latitude: 1, longitude: 2 } },
    { type: 'markdown', payload: { markdown: '**Hi**' } },
    { type: 'choice', payload: { text: 'Which?', options: [] } },
    { type: 'dropdown', payload: { text: 'Which?', options: [] } },
    { type: 'carousel', payload: { items: [] } },
    { type: 'card', payload: { title: 'Vase', actions: [] } },
    { type: 'custom', payload: {} },
  ])('is refused to the customer when it is a $type', async ({ type, payload }) => {
    toy = await installToy()
    const { customer } = await escalated(toy.botpress)
    await customer.send({ type, payload })
    await toy.botpress.settled()
    expect(lines(customer).at(-1)).toMatch(/^system: Sorry, I can only handle one of .*text, image/)
    expect(toy.received).toEqual([])
  })

  it('has no order: what is delivered slowly is overtaken', async () => {
    toy = await installToy()
    const { customer } = await escalated(toy.botpress)
    toy.botpress.operationFaults = ({ body }) =>
      JSON.stringify(body).includes('First') ? { kind: 'delay', ms: 100 } : undefined
    await customer.say('First')
    await customer.say('Second')
    await toy.botpress.settled()
    expect(toy.received.map(({ payload }) => Object(payload).text)).toEqual(['Second', 'First'])
  })

  it('is tried once, and the bot’s owner reads why it failed', async () => {
    let tries = 0
    toy = await installToy({
      text: () => {
        tries += 1
        return Promise.reject(new RuntimeError('The thread is gone'))
      },
    })
    const { customer, conversationId } = await escalated(toy.botpress)
    await customer.say('Hi')
    await toy.botpress.settled()
    const messageId = toy.botpress.messages[0]?.id
    expect(toy.botpress.plugin.failures).toEqual([
      { conversationId, messageId, type: 'text', status: 400, message: 'The thread is gone', at: expect.any(Number) },
    ])
    expect(tries).toBe(1)
  })

  it('keeps the tags that the integration acknowledges it with', async () => {
    toy = await installToy({ text: ({ ack }) => ack({ tags: { id: 'hubspot-1' } }) })
    const { customer } = await escalated(toy.botpress)
    await customer.say('Hi')
    await toy.botpress.settled()
    expect(toy.botpress.messages).toMatchObject([{ tags: { id: 'hubspot-1' } }])
  })
})

describe('in a group', () => {
  it('a message names the person who wrote it', async () => {
    toy = await installToy()
    const ada = toy.botpress.chat.open({ name: 'Ada' })
    const eve = toy.botpress.chat.open({ name: 'Eve', conversationId: ada.conversationId })
    await eve.say('Before')
    await toy.botpress.settled()
    await ada.escalate()
    await eve.say('During')
    await toy.botpress.settled()
    expect(toy.received).toMatchObject([{ payload: { text: 'During', userId: eve.tags['hitl#downstream'] } }])
    expect(eve.tags['hitl#downstream']).not.toBe(ada.tags['hitl#downstream'])
  })

  it('a person who joins later makes the plugin abort its half, while agents are still shown', async () => {
    toy = await installToy()
    const { customer: ada, conversationId } = await escalated(toy.botpress)
    const eve = toy.botpress.chat.open({ name: 'Eve', conversationId: ada.conversationId })
    await eve.say('What is this about?')
    await toy.botpress.settled()
    expect(lines(ada).at(-1)).toBe(`system: ${wording.aborted}`)
    await ada.say('Hello?')
    await agentWrites(toy, conversationId, 'I am here')
    await toy.botpress.settled()
    expect(toy.received).toEqual([])
    expect(lines(ada)).toContain('Bob: I am here')
    expect(toy.botpress.plugin.sessions).toMatchObject([{ isActive: false }])
  })
})
