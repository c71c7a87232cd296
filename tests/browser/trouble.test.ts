import { describe, expect, it } from 'vitest'
import { usesPage } from './page'

const { open } = usesPage()

describe('trouble at the press of a button', () => {
  it.each([
    ['HubSpot is slow', /^HubSpot answered 201\. .* stands in the thread once\.$/],
    ['Too many calls (429)', /^HubSpot answered 429, 429, 201\. .* stands in the thread once\.$/],
    ['HubSpot fails (500)', /^HubSpot answered 500, 500, 201\. .* stands in the thread once\.$/],
    ['Connection lost', /^HubSpot answered no answer, 201\. .* stands in the thread once\.$/],
    ['Answer lost', /^HubSpot answered no answer, 201\. .* stands in the thread once\.$/],
    ['Token expired', /^HubSpot answered 401, 201\. .* stands in the thread once\. Tokens refreshed: 1\.$/],
  ])('%s: the customer’s message arrives once', async (title, outcome) => {
    const { customer, agent, troubles } = await open()
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    expect((await troubles.play(title)).trim()).toMatch(outcome)
    await agent.sees(`Written while: ${title}`)
    expect(await agent.thread.getByText(`Written while: ${title}`).count()).toBe(1)
    expect(await customer.chat.getByText(`Written while: ${title}`).count()).toBe(1)
  })

  it('shows in the log what HubSpot answered', async () => {
    const { calls, troubles } = await open()
    await troubles.play('HubSpot fails (500)')
    const failed = calls.rows.filter({ hasText: "Customer's message published" }).filter({ hasText: '500' })
    await failed.nth(1).waitFor()
    expect(await failed.count()).toBe(2)
  })

  it('Webhook three times: the customer reads the answer once', async () => {
    const { customer, troubles } = await open()
    expect(await troubles.play('Webhook three times')).toContain(
      'The webhook came 3 times and was answered 200, 200, 200. The customer reads it once.',
    )
    expect(await customer.chat.getByText('This answer is delivered three times').count()).toBe(1)
  })

  it('Out of order: the agent who came last has the conversation', async () => {
    const { troubles } = await open()
    expect(await troubles.play('Out of order')).toContain(
      'HubSpot told of Alan Specimen before Grace Sample. The agent is Alan Specimen.',
    )
  })

  it('Forged webhook: it is turned away, and the session stays', async () => {
    const { customer, calls, troubles } = await open()
    expect(await troubles.play('Forged webhook')).toContain('was answered 401. The session is still open.')
    await calls.rows.filter({ hasText: 'Webhook handed on' }).filter({ hasText: '401' }).waitFor()
    expect(await customer.chat.getByText('You are back with the bot.').count()).toBe(0)
  })

  it('Agent answers early: what comes before the session is open is not lost', async () => {
    const { customer, agent, troubles } = await open()
    expect(await troubles.play('Agent answers early')).toMatch(
      /Grace Sample answered \d+ ms before Ada Example's session was open\. The customer reads the answer once\./,
    )
    await customer.sees('A human agent has joined the conversation.')
    expect(await customer.chat.getByText('I am here already').count()).toBe(1)
    await agent.opens('Ada Example')
    await agent.sees('sent')
  })
})
