import { RuntimeError } from '@botpress/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { agentWrites, bodies, escalated } from './testing/session'
import { installToy, type Toy } from './testing/toy-integration'

let toy: Toy
afterEach(async () => toy.close())

describe('during a session', () => {
  it('hands every kind of message over as the bot, naming the customer', async () => {
    toy = await installToy()
    const { customer, conversationId } = await escalated(toy.botpress)
    const sent = [
      { type: 'text', payload: { text: 'Grüße 🌍' } },
      { type: 'image', payload: { imageUrl: 'https://x.test/1.png' } },
      { type: 'audio', payload: { audioUrl: 'https://x.test/1.mp3' } },
      { type: 'video', payload: { videoUrl: 'https://x.test/1.mp4' } },
      { type: 'file', payload: { fileUrl: 'https://x.test/1.pdf', title: 'Bill' } },
      { type: 'bloc', payload: { items: [{ type: 'text', payload: { text: 'in a bloc' } }] } },
    ]
    await Promise.all(sent.map((message) => customer.send(message)))
    await toy.botpress.settled()
    const userId = toy.botpress.users[0]?.id
    expect(toy.received.map(({ type, payload }) => ({ type, payload }))).toEqual(
      sent.map(({ type, payload }) => ({ type, payload: { ...payload, userId } })),
    )
    expect(toy.received[0]).toMatchObject({
      user: { id: toy.botpress.botUserId, tags: {} },
      conversation: { id: conversationId, channel: 'hitl', tags: { id: 'thread-1', userId } },
      message: { direction: 'outgoing', conversationId, tags: {} },
    })
  })

  it('keeps the tags that the integration acknowledges a message with', async () => {
    toy = await installToy({ text: ({ ack }) => ack({ tags: { id: 'hubspot-1' } }) })
    const { customer } = await escalated(toy.botpress)
    await customer.say('Hi')
    await toy.botpress.settled()
    expect(toy.botpress.messages).toMatchObject([{ tags: { id: 'hubspot-1' } }])
  })

  it('keeps the order of one customer unless told otherwise', async () => {
    const got: string[] = []
    const slowFirst = async ({ payload: { text } }: { payload: { text: string } }) => {
      if (text === 'one') await new Promise((resolve) => setTimeout(resolve, 50))
      got.push(text)
    }
    toy = await installToy({ text: slowFirst })
    const { customer } = await escalated(toy.botpress)
    await Promise.all([customer.say('one'), customer.say('two')])
    await toy.botpress.settled()
    toy.botpress.plugin.relaysInOrder = false
    await Promise.all([customer.say('one'), customer.say('two')])
    await toy.botpress.settled()
    expect(got).toEqual(['one', 'two', 'two', 'one'])
  })

  it('shows the owner why a message failed, and does not repeat it', async () => {
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

  it('shows the agent, who is assigned by the event or else by the first message', async () => {
    toy = await installToy()
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentWrites(toy, conversationId, 'Hello Ada')
    await agentWrites(toy, conversationId, 'Hello Ada')
    await toy.botpress.settled()
    const agent = { who: 'agent', name: 'Bob', picture: 'https://x.test/bob.png', text: 'Hello Ada' }
    const joined = { who: 'system', text: 'A human agent has joined: Bob' }
    expect(customer.messages()).toMatchObject([{ who: 'bot' }, joined, agent])
    const { user } = await toy.client.createUser({ name: 'Cleo', tags: { actorId: 'A-2' } })
    await toy.client.createEvent({ type: 'hitlAssigned', payload: { conversationId, userId: user.id } })
    await toy.botpress.settled()
    expect(customer.messages().at(-1)?.text).toBe('A human agent has joined: Cleo')
  })

  it('tells the customer about a kind of message that agents cannot get', async () => {
    toy = await installToy()
    const { customer } = await escalated(toy.botpress)
    await customer.send({ type: 'location', payload: { latitude: 1, longitude: 2 } })
    await toy.botpress.settled()
    expect(customer.messages().at(-1)).toMatchObject({ who: 'system', text: expect.stringContaining('location') })
    expect(toy.received).toEqual([])
  })
})

describe('the end of a session', () => {
  it('gives the customer back to the bot when the agent is done', async () => {
    toy = await installToy()
    const { customer, conversationId } = await escalated(toy.botpress)
    await toy.client.createEvent({ type: 'hitlStopped', payload: { conversationId } })
    await toy.botpress.settled()
    await customer.say('Thanks')
    await toy.botpress.settled()
    expect(customer.messages().map(({ who }) => who)).toEqual(['bot', 'bot', 'customer', 'bot'])
    expect(toy.received).toEqual([])
    await agentWrites(toy, conversationId, 'One more thing')
    await toy.botpress.settled()
    expect(toy.botpress.plugin.drops).toEqual([{ kind: 'message', type: 'text', conversationId }])
  })

  it.each(['the customer types /end', 'the flow stops it'])(
    'tells the agent and the integration when %s',
    async (how) => {
      toy = await installToy()
      const { customer, conversationId } = await escalated(toy.botpress)
      if (how.includes('/end')) await customer.end()
      else await toy.botpress.plugin.stop(customer.conversationId)
      await toy.botpress.settled()
      expect(toy.received).toMatchObject([{ type: 'text', payload: { text: '( The user has ended the session. )' } }])
      expect(toy.botpress.operations.at(-1)).toMatchObject({ type: 'stopHitl', status: 200 })
      expect(bodies(toy.botpress, 'stopHitl')).toEqual([{ type: 'stopHitl', input: { conversationId } }])
      expect(customer.messages().at(-1)?.text).toBe('You are back with the bot.')
      expect(toy.botpress.plugin.sessions).toMatchObject([{ isActive: false }])
    },
  )
})
