import { describe, expect, it } from 'vitest'
import { openingOf } from './opening'

describe('the opening message', () => {
  it('leads with the matter, which lists of threads show, and says who asks', () => {
    expect(openingOf({ name: 'Ada', title: 'Refund', description: 'Order 7 came broken.' })).toEqual({
      text: 'Refund\n\nOrder 7 came broken.\n\nAda asked the bot for a person.',
      richText: '<p>Refund</p><p>Order 7 came broken.</p><p>Ada asked the bot for a person.</p>',
    })
  })

  it('shows a title and a description in markdown as the messages of bots are shown', () => {
    const { text, richText } = openingOf({
      name: 'Ada <b>',
      title: '## **Refund** for [order 7](https://a.example/7)',
      description: '- came *broken*\n- wants `42 €`',
    })
    expect(text).toBe(
      'Refund for order 7 (https://a.example/7)\n\n• came broken\n• wants 42 €\n\nAda <b> asked the bot for a person.',
    )
    expect(richText).toBe(
      '<p>Refund for <a href="https://a.example/7">order 7</a></p><p>• came broken<br>• wants 42 €</p>' +
        '<p>Ada &lt;b&gt; asked the bot for a person.</p>',
    )
  })

  it('includes the address of a customer who is not in HubSpot', () => {
    expect(openingOf({ name: 'Ada', address: 'ada@example.com' }).text).toBe(
      'Ada (ada@example.com, not found in HubSpot) asked the bot for a person.',
    )
  })

  it('is one message, whatever the card or a profile contains', () => {
    const name = `Ada\n${'a'.repeat(33_000)}`
    const { text } = openingOf({ name, title: 'b'.repeat(1_000), description: 'c'.repeat(1e6) })
    const [title = '', description = '', who = ''] = text.split('\n\n')
    expect(who).toBe(`Ada ${'a'.repeat(96)} (shortened) asked the bot for a person.`)
    expect(title).toBe(`${'b'.repeat(200)} (shortened)`)
    expect(description).toBe(`${'c'.repeat(10_000)} (shortened)`)
  })

  it('leaves out a name, address, title or description that is missing or blank', () => {
    expect(openingOf({ name: '', title: ' ' }).text).toBe('A customer asked the bot for a person.')
  })

  it.each(['\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029'])('has one line for the title despite %j', (end) => {
    expect(openingOf({ name: `A${end}B`, title: `a${end}b`, description: `c${end}d` }).text).toBe(
      'a b\n\nc\nd\n\nA B asked the bot for a person.',
    )
  })

  it('shows no invisible characters, but the joiners that emoji and words need', () => {
    expect(openingOf({ name: 'A\u200bd\u202ea\u00ad', title: 'می\u200cخواهم 👩\u200d👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤\ufe0f' }).text).toBe(
      'می\u200cخواهم 👩\u200d👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤\ufe0f\n\nAda asked the bot for a person.',
    )
  })
})
