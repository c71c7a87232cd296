import { describe, expect, it } from 'vitest'
import { openingText } from './opening'

describe('the opening message', () => {
  it('says who asked and what it is about', () => {
    const text = openingText({ name: 'Ada', title: 'Refund', description: 'Order 7 came broken.' })
    expect(text).toBe('Ada asked the bot for a person.\n\nRefund\n\nOrder 7 came broken.')
  })

  it('includes the address of a customer who is not in HubSpot', () => {
    expect(openingText({ name: 'Ada', address: 'ada@example.com' })).toBe(
      'Ada (ada@example.com, not found in HubSpot) asked the bot for a person.',
    )
  })

  it('is one message, whatever the card or a profile contains', () => {
    const text = openingText({
      name: `Ada\n${'a'.repeat(33_000)}`,
      title: 'b'.repeat(1_000),
      description: 'c'.repeat(1e6),
    })
    const [who = '', title = '', description = ''] = text.split('\n\n')
    expect(who).toBe(`Ada ${'a'.repeat(96)} (shortened) asked the bot for a person.`)
    expect(title).toBe(`${'b'.repeat(200)} (shortened)`)
    expect(description).toBe(`${'c'.repeat(10_000)} (shortened)`)
  })

  it('leaves out a name, address, title or description that is missing or blank', () => {
    expect(openingText({ name: '', title: ' ' })).toBe('A customer asked the bot for a person.')
  })
})
