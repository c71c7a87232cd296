import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { transcriptNotes } from './transcript'

const shown = (entry: unknown): string | undefined =>
  transcriptNotes([entry], { userId: 'u1', name: 'Ada' })[0]?.text.replace('Conversation so far:\n\n', '')

describe('an entry of a history', () => {
  it.each([
    [{ type: 'custom', payload: {} }, '[a message of type custom]'],
    [{ type: 'custom', payload: { text: 'Hello' } }, 'Hello'],
    [{ type: 'text', payload: {} }, '[a message of type text]'],
    [{ type: 'choice', payload: { text: 'Which?' } }, 'Which?'],
    [{ type: 'choice', payload: { options: [{ label: 'Red' }, null, {}] } }, '[Red]'],
    [{ type: 'dropdown', payload: { text: 'Which?', options: [{ label: 'Red' }] } }, 'Which?\n│ [Red]'],
    [{ type: 'card', payload: { title: 'Vase' } }, 'Vase'],
    [{ type: 'carousel', payload: { items: [{ title: 'Vase', actions: 7 }, {}] } }, 'Vase'],
    [{ type: 'carousel', payload: {} }, '[a message of type carousel]'],
    [{ type: 'location', payload: {} }, '[a message of type location]'],
    [{ type: 'image', payload: { imageUrl: 7, title: 'Cat' } }, 'Cat'],
    [{ type: 'bloc', payload: { items: [{ type: 'custom', payload: {} }] } }, '[a message of type custom]'],
    [{ type: 'bloc', payload: { items: [{ type: 'bloc', payload: { items: [] } }] } }, '[a message of type bloc]'],
    [{ type: 'constructor', payload: {} }, '[a message of type constructor]'],
    [{ payload: {} }, '[a message of type unknown]'],
    [{}, '[a message of type unknown]'],
    [null, '[a message of type unknown]'],
    ['text', '[a message of type unknown]'],
  ])('is shown as what it is: %j', (entry, text) => {
    expect(shown(entry)).toBe(`Bot: ${text}`)
  })

  it('without a readable source is taken for the bot', () => {
    const payload = { text: 'Hi', type: 'text', userId: 'u1' }
    expect(shown({ type: 'text', payload, source: { type: 'user' } })).toBe('Bot: Hi')
    expect(shown({ type: 'text', payload })).toBe('Bot: Hi')
    expect(shown({ type: 'text', payload, source: { type: 'user', userId: 'u1' } })).toBe('Ada: Hi')
  })

  it('can be anything', () => {
    const types = ['text', 'markdown', 'image', 'card', 'carousel', 'choice', 'bloc', 'location', 'custom']
    const entry = fc.record({ type: fc.constantFrom(...types), payload: fc.anything(), source: fc.anything() })
    fc.assert(
      fc.property(fc.oneof(entry, fc.anything()), (given) => {
        expect(shown(given)).not.toBe('')
      }),
    )
  })
})
