import { describe, expect, it } from 'vitest'
import { type ChatMessage, threadPartsOf } from './thread-parts'

const url = 'https://a.example/x'

describe('the thread parts of a message', () => {
  it('are plain words for a text', () => {
    expect(threadPartsOf({ type: 'text', payload: { text: '**Hi**' } })).toEqual([{ type: 'words', text: '**Hi**' }])
  })

  it('are words with rich text for markdown', () => {
    const markdown = '**See** [this](https://a.example)'
    expect(threadPartsOf({ type: 'markdown', payload: { markdown } })).toEqual([
      {
        type: 'words',
        text: 'See this (https://a.example)',
        richText: '<p>See <a href="https://a.example">this</a></p>',
      },
    ])
  })

  it.each<[string, ChatMessage]>([
    ['image', { type: 'image', payload: { imageUrl: url, title: 'Bill' } }],
    ['audio', { type: 'audio', payload: { audioUrl: url, title: 'Bill' } }],
    ['video', { type: 'video', payload: { videoUrl: url, title: 'Bill' } }],
    ['file', { type: 'file', payload: { fileUrl: url, title: 'Bill' } }],
  ])('are one medium for the message type %s', (kind, message) => {
    expect(threadPartsOf(message)).toEqual([{ type: 'media', kind, url, title: 'Bill' }])
  })

  it('are one place for a location', () => {
    const payload = { latitude: 1, longitude: 2, title: 'Home', address: 'Main St 1' }
    expect(threadPartsOf({ type: 'location', payload })).toEqual([
      { type: 'place', latitude: 1, longitude: 2, name: 'Home', address: 'Main St 1' },
    ])
  })

  it('are those of each item for a bloc, in order', () => {
    const items = [
      { type: 'text' as const, payload: { text: 'Look' } },
      { type: 'image' as const, payload: { imageUrl: url } },
    ]
    expect(threadPartsOf({ type: 'bloc', payload: { items } })).toMatchObject([
      { type: 'words', text: 'Look' },
      { type: 'media', kind: 'image', url },
    ])
  })

  it('are few for a bloc of thousands, without losing a word or a link', () => {
    const words = Array.from({ length: 3_000 }, (_, n) => ({ type: 'text', payload: { text: `word ${n}.` } }))
    const items = [...words, { type: 'image', payload: { imageUrl: url } }]
    const parts = threadPartsOf({ type: 'bloc', payload: { items } })
    expect(parts.length).toBeLessThan(60)
    const text = parts.map((part) => (part.type === 'words' ? part.text : '')).join('')
    for (const { payload } of words) expect(text).toContain(payload.text)
    expect(text).toContain(url)
  })

  it('are several for a text that is too long for one message', () => {
    const parts = threadPartsOf({ type: 'text', payload: { text: 'word '.repeat(5_000) } })
    expect(parts.map((part) => (part.type === 'words' ? part.text.length : 0))).toEqual([10_000, 10_000, 5_000])
  })
})
