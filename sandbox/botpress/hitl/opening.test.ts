import { RuntimeError } from '@botpress/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { agentWrites, bodies } from '../testing/session'
import { installToy, type Toy } from '../testing/toy-integration'

let toy: Toy
afterEach(async () => toy.close())

describe('opening a session', () => {
  it('creates the customer once, with a made-up address when none is given', async () => {
    toy = await installToy()
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    await customer.escalate()
    await toy.botpress.plugin.stop(customer.conversationId)
    await customer.escalate({ userEmail: 'ada@example.com' })
    const email = `${customer.userId}@no-reply.${toy.botpress.botId}.botpress.com`
    expect(bodies(toy.botpress, 'createUser')).toEqual([{ type: 'createUser', input: { name: 'Ada', email } }])
    expect(bodies(toy.botpress, 'startHitl')).toHaveLength(2)
  })

  it('sends the conversation so far and creates everybody who wrote in it', async () => {
    toy = await installToy()
    const ada = toy.botpress.chat.open({ name: 'Ada' })
    const { conversationId } = ada
    const eve = toy.botpress.chat.open({ name: 'Eve', conversationId })
    toy.botpress.chat.open({ name: 'Silent', conversationId })
    await ada.say('Hello')
    await toy.botpress.settled()
    await eve.send({ type: 'image', payload: { imageUrl: 'https://x.test/1.png' } })
    await toy.botpress.settled()
    await ada.escalate({ title: 'T', description: 'D', userEmail: 'ada@example.com', hitlSession: {} })
    const [adaId, eveId] = toy.botpress.users.map(({ id }) => id)
    const bot = { source: { type: 'bot' }, type: 'text', payload: { text: expect.any(String) } }
    expect(bodies(toy.botpress, 'startHitl')).toEqual([
      {
        type: 'startHitl',
        input: {
          userId: adaId,
          title: 'T',
          description: 'D',
          hitlSession: {},
          messageHistory: [
            { source: { type: 'user', userId: adaId }, type: 'text', payload: { text: 'Hello' } },
            bot,
            { source: { type: 'user', userId: eveId }, type: 'image', payload: { imageUrl: 'https://x.test/1.png' } },
            bot,
          ],
        },
      },
    ])
    expect(toy.botpress.users.map(({ name, tags }) => [name, tags['email']])).toEqual([
      ['Ada', 'ada@example.com'],
      ['Eve', `${eve.userId}@no-reply.${toy.botpress.botId}.botpress.com`],
    ])
  })

  it('tells the flow why it was refused, and links nothing', async () => {
    toy = await installToy({ actions: { startHitl: () => Promise.reject(new RuntimeError('No such inbox')) } })
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    expect(await customer.escalate()).toEqual({ ok: false, message: 'No such inbox' })
    await customer.say('Anyone?')
    await toy.botpress.settled()
    expect(customer.messages().map(({ who }) => who)).toEqual(['bot', 'customer', 'bot'])
    expect([toy.botpress.plugin.sessions, toy.received]).toEqual([[], []])
  })

  it('drops what reaches it before the session is linked', async () => {
    toy = await installToy()
    toy.botpress.plugin.linkDelayMs = 400
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    const started = new Promise<void>((resolve) => {
      toy.botpress.operations.subscribe(({ type }) => type === 'startHitl' && resolve())
    })
    const escalation = customer.escalate()
    await started
    const conversationId = toy.botpress.conversations[0]?.id ?? ''
    const { user } = await agentWrites(toy, conversationId, 'Too early')
    await toy.client.createEvent({ type: 'hitlAssigned', payload: { conversationId, userId: user.id } })
    await escalation
    await toy.botpress.settled()
    expect(toy.botpress.plugin.drops).toEqual([
      { kind: 'message', type: 'text', conversationId },
      { kind: 'event', type: 'hitlAssigned', conversationId },
    ])
    expect(customer.messages().map(({ who }) => who)).toEqual(['bot'])
  })
})
