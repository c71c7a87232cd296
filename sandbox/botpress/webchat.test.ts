import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installToy, type Toy } from './testing/toy-integration'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

describe('the webchat', () => {
  it('has a bot that answers until a session opens', async () => {
    const customer = toy.botpress.chat.open({ name: 'Ada', pictureUrl: 'https://x.test/ada.png' })
    await customer.say('Hello')
    await toy.botpress.settled()
    expect(customer.messages()).toMatchObject([
      { who: 'customer', name: 'Ada', picture: 'https://x.test/ada.png', text: 'Hello' },
      { who: 'bot', text: expect.any(String) },
    ])
    await customer.escalate()
    await customer.say('A person, please')
    await toy.botpress.settled()
    expect(customer.messages().map(({ who }) => who)).toEqual(['customer', 'bot', 'system', 'customer'])
  })

  it('waits for a message, shown already or still to come, and gives up with what there is', async () => {
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    const coming = customer.waitFor(({ who }) => who === 'bot')
    await customer.say('Hello')
    expect(await coming).toBe(await customer.waitFor(({ who }) => who === 'bot'))
    await expect(customer.waitFor(({ who }) => who === 'agent', 10)).rejects.toThrow('customer: Hello')
  })

  it('keeps customers apart', async () => {
    const [ada, eve] = [toy.botpress.chat.open({ name: 'Ada' }), toy.botpress.chat.open({ name: 'Eve' })]
    await ada.escalate()
    await eve.say('Hello')
    await toy.botpress.settled()
    expect([ada.messages().length, eve.messages().length]).toEqual([1, 2])
    expect(toy.received).toEqual([])
  })

  it('refuses messages that no channel has', async () => {
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    await expect(customer.send({ type: 'hologram', payload: {} })).rejects.toThrow('hologram')
    await expect(customer.say('')).rejects.toThrow('text')
    expect(customer.messages()).toEqual([])
  })
})
