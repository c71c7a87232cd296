import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentReplyText } from './agent-reply'
import { asText } from './as-text'
import type { Message } from './message'
import { openingText } from './opening'
import { splitText } from './split'
import { transcriptNotes, type HistoryEntry } from './transcript'

const card = {
  title: 'Blue shirt',
  subtitle: 'In stock',
  imageUrl: 'https://example.com/shirt.png',
  actions: [
    { action: 'url', label: 'Look', value: 'https://example.com/shirt' },
    { action: 'say', label: 'Buy', value: 'buy it' },
  ],
}

const everyKind: [Message, string][] = [
  [{ type: 'text', payload: { text: 'Hello' } }, 'Hello'],
  [{ type: 'markdown', payload: { markdown: '**Hello**' } }, '**Hello**'],
  [
    { type: 'image', payload: { imageUrl: 'https://a.example/i.png', title: 'My cat' } },
    'Picture: My cat\nhttps://a.example/i.png',
  ],
  [{ type: 'audio', payload: { audioUrl: 'https://a.example/v.ogg' } }, 'Audio\nhttps://a.example/v.ogg'],
  [{ type: 'video', payload: { videoUrl: 'https://a.example/v.mp4' } }, 'Video\nhttps://a.example/v.mp4'],
  [
    { type: 'file', payload: { fileUrl: 'https://a.example/b.pdf', title: 'Bill' } },
    'File: Bill\nhttps://a.example/b.pdf',
  ],
  [
    { type: 'location', payload: { latitude: 52.5, longitude: 13.4, title: 'Home', address: 'Main St 1' } },
    'Location: Home\nMain St 1\nhttps://www.google.com/maps/search/?api=1&query=52.5,13.4',
  ],
  [
    { type: 'card', payload: card },
    'Blue shirt\nIn stock\nhttps://example.com/shirt.png\n- Look: https://example.com/shirt\n- Buy',
  ],
  [
    {
      type: 'carousel',
      payload: {
        items: [
          { title: 'A', actions: [] },
          { title: 'B', actions: [] },
        ],
      },
    },
    'A\n\nB',
  ],
  [
    { type: 'choice', payload: { text: 'Which?', options: [{ label: 'One' }, { label: 'Two' }] } },
    'Which?\n- One\n- Two',
  ],
  [{ type: 'dropdown', payload: { text: 'Which?', options: [{ label: 'One' }] } }, 'Which?\n- One'],
  [
    {
      type: 'bloc',
      payload: {
        items: [
          { type: 'text', payload: { text: 'Look' } },
          { type: 'image', payload: { imageUrl: 'https://a.example/i' } },
        ],
      },
    },
    'Look\n\nPicture\nhttps://a.example/i',
  ],
]

describe('a message as text', () => {
  it.each(everyKind)('%j', (message, text) => expect(asText(message)).toBe(text))
})

describe('the opening message', () => {
  it('says who asks and what it is about', () => {
    const text = openingText({ name: 'Ada', title: 'Refund', description: 'Order 7 came broken.' })
    expect(text).toBe('Ada asks to talk to a person.\n\nRefund\n\nOrder 7 came broken.')
  })

  it('does without what it has not been told', () => {
    expect(openingText({ name: '', title: ' ' })).toBe('A customer asks to talk to a person.')
  })
})

describe('the transcript', () => {
  const said = (text: string, source: HistoryEntry['source']): HistoryEntry => ({
    type: 'text',
    payload: { text },
    source,
  })

  it('says who said what', () => {
    const notes = transcriptNotes(
      [
        said('Hi', { type: 'user', userId: 'ada' }),
        said('Hello!', { type: 'bot' }),
        said('Me too', { type: 'user', userId: 'bob' }),
        said('And me', { type: 'user', userId: 'eve' }),
        said('Still me', { type: 'user', userId: 'bob' }),
      ],
      { userId: 'ada', name: 'Ada' },
    )
    expect(notes).toEqual([
      'The conversation so far:\n\nAda: Hi\n\nBot: Hello!\n\nPerson 2: Me too\n\nPerson 3: And me\n\nPerson 2: Still me',
    ])
  })

  it('is nothing when nothing was said', () => {
    expect(transcriptNotes([], { userId: 'ada', name: 'Ada' })).toEqual([])
  })

  it('comes in several notes when it is long, and loses nothing', () => {
    const long = Array.from({ length: 300 }, (_, n) => said(`Message ${n} ${'word '.repeat(20)}`, { type: 'bot' }))
    const notes = transcriptNotes(long, { userId: 'ada', name: 'Ada' })
    expect(notes.length).toBeGreaterThan(1)
    expect(notes.every((note) => note.length <= 10_000)).toBe(true)
    for (let n = 0; n < 300; n++) expect(notes.join('')).toContain(`Message ${n} `)
  })
})

describe('splitting a text', () => {
  it('cuts between paragraphs, then lines, sentences and words', () => {
    expect(splitText('one two.\n\nthree four', 14)).toEqual(['one two.\n\n', 'three four'])
    expect(splitText('One two. Three four', 14)).toEqual(['One two. ', 'Three four'])
    expect(splitText('one two three four', 10)).toEqual(['one two ', 'three four'])
  })

  it('loses nothing, keeps the limit and never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 2, max: 50 }), (text, most) => {
        const parts = splitText(text, most)
        expect(parts.join('')).toBe(text)
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0)
          expect(part.length).toBeLessThanOrEqual(most)
          expect(part).not.toMatch(/^[\udc00-\udfff]/)
        }
      }),
    )
  })
})

describe("an agent's reply as text", () => {
  const reply = { text: 'Look here', richText: '', files: [] }

  it('writes out the links that the editor hides behind words', () => {
    const richText = '<p>Look <a class="x" href="https://a.example/?a=1&amp;b=2">here</a></p>'
    expect(agentReplyText({ ...reply, richText })).toBe('Look here\n\nhttps://a.example/?a=1&b=2')
  })

  it('does not repeat a link that can be read already', () => {
    const richText = '<a href="https://a.example">https://a.example</a>'
    expect(agentReplyText({ ...reply, text: 'https://a.example', richText })).toBe('https://a.example')
  })

  it('drops links that run something', () => {
    expect(agentReplyText({ ...reply, richText: `<a href='javascript:alert(1)'>x</a>` })).toBe('Look here')
  })

  it('names each file with its link', () => {
    const files = [
      { name: 'bill.pdf', url: 'https://a.example/f' },
      { name: 'lost.pdf', url: undefined },
    ]
    expect(agentReplyText({ ...reply, text: '', files })).toBe(
      'bill.pdf\nhttps://a.example/f\n\nlost.pdf (this file cannot be opened here)',
    )
  })

  it('is empty when there is nothing to show', () => {
    expect(agentReplyText({ text: ' \n', richText: '<p></p>', files: [] })).toBe('')
  })
})
