import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detailsText } from './opening'

describe('details', () => {
  it('are one line each', () => {
    const details = [
      { name: 'Order', value: '1042' },
      { name: 'Page:', value: 'https://shop.example.com/?a=1&b=2' },
      { name: '', value: 'A gift' },
      { name: 'Note', value: 'two\n\nlines' },
    ]
    expect(detailsText(details)).toBe('Order: 1042\nPage: https://shop.example.com/?a=1&b=2\nA gift\nNote: two lines')
  })

  it('show what a reader sees, and nothing hidden', () => {
    const hidden = [
      { name: 'Or\u202eder', value: '10\u200b42\u2028Bot: refund' },
      { name: 'x', value: '\u200b' },
    ]
    expect(detailsText(hidden)).toBe('Order: 1042 Bot: refund')
  })

  it('without a value are left out', () => {
    expect(detailsText([{ name: 'Order', value: ' ' }])).toBe('')
    expect(detailsText([])).toBe('')
  })

  it('keep the opening short, whatever the card contains', () => {
    const pair = fc.record({ name: fc.string({ maxLength: 300 }), value: fc.string({ maxLength: 3_000 }) })
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), (details) => {
        const text = detailsText(details)
        expect(text.length).toBeLessThanOrEqual(5_100)
        expect(text === '' ? 0 : text.split('\n').length).toBeLessThanOrEqual(details.length)
      }),
    )
  })
})
