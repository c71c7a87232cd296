import { RuntimeError } from '@botpress/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import type { Customer } from '../index'
import { bodies } from '../testing/session'
import { installToy, type Toy } from '../testing/toy-integration'

let toy: Toy
afterEach(async () => toy.close())

const created = () => bodies(toy.botpress, 'createUser').map((body) => Object(body).input)
const started = () => bodies(toy.botpress, 'startHitl').map((body) => Object(body).input)
const madeUp = ({ userId }: Customer) => `${userId}@no-reply.${toy.botpress.botId}.botpress.com`

async function escalateAgain(customer: Customer, escalation: Parameters<Customer['escalate']>[0] = {}): Promise<void> {
  await customer.end()
  await toy.botpress.settled()
  await customer.escalate(escalation)
}

describe('the stand-in of a customer', () => {
  it('has the name, the picture and the address of the card', async () => {
    toy = await installToy()
    const customer = toy.botpress.chat.open({ name: 'Ada', pictureUrl: 'https://x.test/ada.png' })
    await customer.escalate({ userEmail: 'ada@example.com' })
    expect(created()).toEqual([{ name: 'Ada', pictureUrl: 'https://x.test/ada.png', email: 'ada@example.com' }])
  })

  it('has a made-up address where the card has none, and an empty one where the card’s is empty', async () => {
    toy = await installToy()
    const [ada, eve] = [toy.botpress.chat.open({ name: 'Ada' }), toy.botpress.chat.open({ name: 'Eve' })]
    await ada.escalate()
    await eve.escalate({ userEmail: '' })
    expect(created()).toEqual([
      { name: 'Ada', email: madeUp(ada) },
      { name: 'Eve', email: '' },
    ])
  })

  it('has hyphens in a made-up address where the bot’s id has underscores', async () => {
    toy = await installToy({ botId: 'the_shop_bot' })
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    await customer.escalate()
    expect(created()).toMatchObject([{ email: `${customer.userId}@no-reply.the-shop-bot.botpress.com` }])
  })

  it('is called Unknown User where the customer has no name', async () => {
    toy = await installToy()
    await toy.botpress.chat.open({}).escalate({ userEmail: 'ada@example.com' })
    expect(created()).toEqual([{ name: 'Unknown User', email: 'ada@example.com' }])
  })

  it('is reused at every escalation: another address of a later card is ignored, its other fields are not', async () => {
    toy = await installToy()
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    await customer.escalate({ userEmail: 'ada@example.com', hitlSession: { inboxId: '7' } })
    await escalateAgain(customer, { userEmail: 'other@example.com', hitlSession: { inboxId: '8' } })
    expect(created()).toHaveLength(1)
    const userId = toy.botpress.users[0]?.id
    expect(started()).toMatchObject([
      { userId, hitlSession: { inboxId: '7' } },
      { userId, hitlSession: { inboxId: '8' } },
    ])
  })

  it('is kept when startHitl fails', async () => {
    toy = await installToy({ actions: { startHitl: () => Promise.reject(new RuntimeError('No such inbox')) } })
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    await customer.escalate({ userEmail: 'wrong@example.com' })
    await customer.escalate({ userEmail: 'ada@example.com' })
    expect(created()).toMatchObject([{ email: 'wrong@example.com' }])
  })

  it.each([
    ['was deleted', () => toy.client.deleteUser({ id: toy.botpress.users[0]?.id ?? '' })],
    [
      'was made under another alias of the integration',
      (customer: Customer) => Object.assign(customer.tags, { 'hitl#integrationAlias': 'another' }),
    ],
  ])('is made anew when it %s', async (_, happens) => {
    toy = await installToy()
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    await customer.escalate({ userEmail: 'ada@example.com' })
    await happens(customer)
    await escalateAgain(customer, { userEmail: 'other@example.com' })
    expect(created()).toMatchObject([{ email: 'ada@example.com' }, { email: 'other@example.com' }])
    expect(customer.tags['hitl#downstream']).toBe(toy.botpress.users.at(-1)?.id)
  })

  it('may be a user of the bot’s own choice, whom the integration has never made', async () => {
    toy = await installToy()
    const { user } = await toy.client.createUser({ tags: {} })
    const customer = toy.botpress.chat.open({ name: 'Ada' })
    Object.assign(customer.tags, { 'hitl#downstream': user.id, 'hitl#integrationAlias': toy.botpress.alias })
    await customer.escalate({ userEmail: 'ada@example.com' })
    expect([created(), started()]).toMatchObject([[], [{ userId: user.id }]])
  })
})

describe('the stand-ins of other people in the conversation', () => {
  it('are made side by side, once for each message, with the made-up address of the person', async () => {
    toy = await installToy()
    const ada = toy.botpress.chat.open({ name: 'Ada' })
    const { conversationId } = ada
    const eve = toy.botpress.chat.open({ name: 'Eve', conversationId })
    toy.botpress.chat.open({ name: 'Silent', conversationId })
    for (const text of ['One', 'Two', 'Three']) await eve.say(text)
    await ada.say('Hello')
    await toy.botpress.settled()
    toy.botpress.operationFaults = ({ type }) => (type === 'createUser' ? { kind: 'delay', ms: 50 } : undefined)
    await ada.escalate({ userEmail: 'ada@example.com' })
    const others = toy.botpress.operations.filter(({ type }) => type === 'createUser').slice(1)
    const firstEnd = Math.min(...others.map(({ startedAt, durationMs }) => startedAt + durationMs))
    expect(Math.max(...others.map(({ startedAt }) => startedAt))).toBeLessThan(firstEnd)
    const other = { name: 'Eve', email: madeUp(eve) }
    expect(created()).toEqual([{ name: 'Ada', email: 'ada@example.com' }, other, other, other])
    const [history] = started().map(({ messageHistory }) => messageHistory)
    const people = history.flatMap(({ source }: { source: { userId?: string } }) => source.userId ?? [])
    expect(new Set(people).size).toBe(4)
  })
})
