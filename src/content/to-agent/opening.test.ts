import { describe, expect, it } from 'vitest'
import { openingText } from './opening'

describe('the opening message', () => {
  it('says who asks and what it is about', () => {
    const text = openingText({ name: 'Ada', title: 'Refund', description: 'Order 7 came broken.' })
    expect(text).toBe('Ada asks to talk to a person.\n\nRefund\n\nOrder 7 came broken.')
  })

  it('tells the address of somebody whom HubSpot does not know', () => {
    expect(openingText({ name: 'Ada', address: 'ada@example.com' })).toBe(
      'Ada (ada@example.com) asks to talk to a person.',
    )
  })

  it('does without what it has not been told', () => {
    expect(openingText({ name: '', title: ' ' })).toBe('A customer asks to talk to a person.')
  })
})
