import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { agentCloses, agentWrites, bodies, escalated } from '../testing/session'
import { installToy, type Toy } from '../testing/toy-integration'
import { wording } from './wording'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

const histories = () => bodies(toy.botpress, 'startHitl').map((body) => Object(body).input.messageHistory)

describe('the history', () => {
  it('is the newest 20 messages, the plugin’s own line included', async () => {
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    for (let n = 1; n <= 12; n += 1) {
      await customer.say(`Message ${n}`)
      await toy.botpress.settled()
    }
    await customer.escalate()
    const texts = histories()[0].map(({ payload }: { payload: { text: string } }) => payload.text)
    expect(texts).toHaveLength(20)
    expect([texts[0], texts.at(-3), texts.at(-1)]).toEqual([
      expect.stringMatching(/^I am a bot/),
      'Message 12',
      wording.escalationStarted,
    ])
  })

  it('names the customer by the stand-in, and gives each payload the type of its message', async () => {
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    await customer.send({ type: 'image', payload: { imageUrl: 'https://x.test/1.png' } })
    await toy.botpress.settled()
    await customer.escalate()
    expect(histories()[0].slice(0, 2)).toEqual([
      {
        source: { type: 'user', userId: toy.botpress.users[0]?.id },
        type: 'image',
        payload: { imageUrl: 'https://x.test/1.png', type: 'image' },
      },
      { source: { type: 'bot' }, type: 'text', payload: { type: 'text', text: expect.any(String) } },
    ])
  })

  it('has the agent of an earlier session as the bot, with the user who spoke in the payload', async () => {
    const { customer, conversationId } = await escalated(toy.botpress)
    await agentWrites(toy, conversationId, 'I am Bob')
    await toy.botpress.settled()
    await agentCloses(toy, conversationId)
    await customer.say('Once more')
    await toy.botpress.settled()
    await customer.escalate()
    expect(histories()[1]).toContainEqual({
      source: { type: 'bot' },
      type: 'text',
      payload: { type: 'text', text: 'I am Bob', userId: expect.any(String) },
    })
  })

  it('is handed over unchecked, whatever is in it', async () => {
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    toy.botpress.chat.show(customer.conversationId, { who: 'bot', type: 'custom', payload: {} })
    toy.botpress.chat.show(customer.conversationId, { who: 'bot', type: 'choice', payload: { text: 'Which?' } })
    expect(await customer.escalate()).toMatchObject({ ok: true })
    expect(histories()[0].slice(0, 2)).toEqual([
      { source: { type: 'bot' }, type: 'custom', payload: { type: 'custom' } },
      { source: { type: 'bot' }, type: 'choice', payload: { type: 'choice', text: 'Which?' } },
    ])
  })
})
