import { describe, expect, it } from 'vitest'
import { usesPage } from './page'

const { open } = usesPage()

describe('a failure at the press of a button', () => {
  it("HubSpot fails (500): the customer's message arrives once, and the log of calls shows HubSpot's responses", async () => {
    const { agent, calls, troubles } = await open()
    expect(await troubles.play('HubSpot fails (500)')).toMatch(
      /HubSpot's responses: 500, 500, 201\. .* is in the thread once\.$/,
    )
    await agent.sees('Written while: HubSpot fails (500)')
    await calls.groups.filter({ hasText: '2 failed' }).waitFor()
    const failed = (await calls.rows()).filter({ hasText: 'Publish the message' }).filter({ hasText: '500' })
    expect(await failed.count()).toBe(2)
  })

  it('Webhook three times: the customer sees the reply once', async () => {
    const { customer, troubles } = await open()
    expect(await troubles.play('Webhook three times')).toContain(
      'HubSpot sent the webhook 3 times and got 200, 200, 200. The customer sees the reply once.',
    )
    expect(await customer.chat.getByText('This reply is delivered three times').count()).toBe(1)
  })

  it('Out of order: the agent who was assigned last has the conversation', async () => {
    const { troubles } = await open()
    expect(await troubles.play('Out of order')).toContain(
      'HubSpot reported Alan Specimen before Grace Sample. The agent is Alan Specimen.',
    )
  })

  it('Forged webhook: it is refused, and the session stays open', async () => {
    const { customer, calls, troubles } = await open()
    expect(await troubles.play('Forged webhook')).toContain('got 401. The session is still open.')
    await (await calls.rows()).filter({ hasText: 'Pass on the webhook' }).filter({ hasText: '401, refused' }).waitFor()
    expect(await customer.chat.getByText('You are back with the bot.').count()).toBe(0)
  })

  it('Early reply: a reply before the session is open is not lost', async () => {
    const { customer, agent, troubles } = await open()
    expect(await troubles.play('Early reply')).toMatch(
      /Grace Sample replied \d+ ms before Ada Example's session was open\. The customer sees the reply once\./,
    )
    await customer.sees('A human agent has joined the conversation.')
    expect(await customer.chat.getByText('I am here already').count()).toBe(1)
    await agent.opens('Ada Example')
    await agent.sees('sent')
  })
})
