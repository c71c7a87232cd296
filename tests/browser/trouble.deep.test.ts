import { describe, expect, it } from 'vitest'
import { usesPage } from './page'

const { open } = usesPage()

describe('a failure at the press of a button', () => {
  it.each([
    ['HubSpot is slow', /^HubSpot's responses: 201\. .* is in the thread once\.$/],
    ['Too many calls (429)', /^HubSpot's responses: 429, 429, 201\. .* is in the thread once\.$/],
    ['Connection lost', /^HubSpot's responses: none, 201\. .* is in the thread once\.$/],
    ['Answer lost', /^HubSpot's responses: none, 201\. .* is in the thread once\.$/],
    ['Token expired', /^HubSpot's responses: 401, 201\. .* is in the thread once\. Tokens refreshed: 1\.$/],
  ])('%s: the customer’s message arrives once', async (title, outcome) => {
    const { customer, agent, troubles } = await open()
    expect((await troubles.play(title)).trim()).toMatch(outcome)
    await agent.sees(`Written while: ${title}`)
    expect(await agent.thread.getByText(`Written while: ${title}`).count()).toBe(1)
    expect(await customer.chat.getByText(`Written while: ${title}`).count()).toBe(1)
  })
})
