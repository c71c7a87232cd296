import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installToy, type Toy } from '../testing/toy-integration'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

async function session() {
  const customer = toy.botpress.chat.open({ name: 'Ada' })
  const { conversationId = '' } = await customer.escalate()
  return { customer, conversationId }
}
const stopped = (conversationId: string, schedule?: { delay?: number; dateTime?: string }) =>
  toy.untypedClient.createEvent({ type: 'hitlStopped', payload: { conversationId }, ...(schedule && { schedule }) })

describe('events', () => {
  it('reach the bot after the call is answered', async () => {
    const { conversationId } = await session()
    const { event } = await stopped(conversationId)
    expect(event.status).toBe('pending')
    await toy.botpress.settled()
    expect((await toy.client.getEvent({ id: event.id })).event.status).toBe('processed')
  })

  it('wait for their schedule, given as a delay or as a moment', async () => {
    const { customer, conversationId } = await session()
    const { event } = await stopped(conversationId, { delay: 80 })
    expect(event.status).toBe('scheduled')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(customer.messages().at(-1)?.text).not.toContain('back')
    await toy.botpress.settled()
    expect(customer.messages().at(-1)?.text).toBe('You are back with the bot.')
    const later = await stopped(conversationId, { dateTime: new Date(Date.now() + 50).toISOString() })
    expect(later.event.status).toBe('scheduled')
    await toy.botpress.settled()
    expect(toy.botpress.events.map(({ status }) => status)).toEqual(['processed', 'ignored'])
  })

  it('are refused when type, payload, schedule or links are wrong', async () => {
    const create = (change: object) =>
      toy.untypedClient.createEvent({ type: 'hitlStopped', payload: { conversationId: 'c' }, ...change })
    await expect(create({ type: 'rain' })).rejects.toThrow('"rain" is not declared')
    await expect(create({ payload: {} })).rejects.toThrow('conversationId')
    await expect(create({ payload: { conversationId: 'c', more: 1 } })).rejects.toThrow('more')
    await expect(create({ schedule: {} })).rejects.toThrow('schedule')
    await expect(create({ conversationId: 'conv_none' })).rejects.toMatchObject({ type: 'ReferenceNotFound' })
    expect(toy.botpress.events).toEqual([])
  })

  it('fail, with the reason, when they name an agent that does not exist', async () => {
    const { conversationId } = await session()
    await toy.client.createEvent({ type: 'hitlAssigned', payload: { conversationId, userId: 'user_none' } })
    await toy.botpress.settled()
    expect(toy.botpress.events).toMatchObject([
      { status: 'failed', failureReason: expect.stringContaining('user_none') },
    ])
  })
})
