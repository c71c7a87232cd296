import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asText } from './as-text'
import { readEntry } from './history'

const BOT = { type: 'bot' }

describe('an entry of a history', () => {
  it.each([
    [{ type: 'custom', payload: {} }, '[a message of type custom]'],
    [{ type: 'custom', payload: { text: 'Hello' } }, 'Hello'],
    [{ type: 'text', payload: {} }, '[a message of type text]'],
    [{ type: 'choice', payload: { text: 'Which?' } }, 'Which?'],
    [{ type: 'choice', payload: { options: [{ label: 'Red' }, null, {}] } }, '\n- Red\n- \n- '],
    [{ type: 'dropdown', payload: { text: 'Which?', options: [{ label: 'Red' }] } }, 'Which?\n- Red'],
    [{ type: 'card', payload: { title: 'Vase' } }, 'Vase'],
    [{ type: 'carousel', payload: { items: [{ title: 'Vase', actions: 7 }, {}] } }, 'Vase\n\n'],
    [{ type: 'carousel', payload: {} }, '[a message of type carousel]'],
    [{ type: 'location', payload: {} }, '[a message of type location]'],
    [{ type: 'bloc', payload: { items: [{ type: 'custom', payload: {} }] } }, '[a message of type bloc]'],
    [{ payload: {} }, '[a message of type unknown]'],
    [{}, '[a message of type unknown]'],
    [null, '[a message of type unknown]'],
    ['text', '[a message of type unknown]'],
  ])('is shown as what it is: %j', (entry, text) => {
    expect(asText(readEntry(entry))).toBe(text)
  })

  it('without a readable source is taken for the bot', () => {
    expect(readEntry({ type: 'text', payload: { text: 'Hi' }, source: { type: 'user' } }).source).toEqual(BOT)
    expect(readEntry({ type: 'text', payload: { text: 'Hi' } }).source).toEqual(BOT)
    const source = { type: 'user', userId: 'u1' }
    expect(readEntry({ type: 'text', payload: { text: 'Hi', type: 'text', userId: 'u1' }, source }).source).toEqual(
      source,
    )
  })

  it('can be anything', () => {
    const types = ['text', 'markdown', 'image', 'card', 'carousel', 'choice', 'bloc', 'location', 'custom']
    const entry = fc.record({ type: fc.constantFrom(...types), payload: fc.anything(), source: fc.anything() })
    fc.assert(
      fc.property(fc.oneof(entry, fc.anything()), (given) => {
        expect(typeof asText(readEntry(given))).toBe('string')
      }),
    )
  })
})
