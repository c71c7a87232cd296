import { describe, expect, it } from 'vitest'
import { openingText } from './opening'

describe('the opening message', () => {
  it('says who asked and what it is about', () => {
    const text = openingText({ name: 'Ada', title: 'Refund', description: 'Order 7 came broken.' })
    expect(text).toBe('Ada asked the bot for a person.\n\nRefund\n\nOrder 7 came broken.')
  })

  it('includes the address of a customer who is not in HubSpot', () => {
    expect(openingText({ name: 'Ada', address: 'ada@example.com' })).toBe(
      'Ada (ada@example.com) asked the bot for a person.',
    )
  })

  it('leaves out a name, address, title or description that is missing or blank', () => {
    expect(openingText({ name: '', title: ' ' })).toBe('A customer asked the bot for a person.')
  })
})
