import { describe, expect, it } from 'vitest'
import type { ChatMessage } from './message'
import type { HistoryEntry } from './history'
import { transcriptNotes } from './transcript'

const ada = { userId: 'ada', name: 'Ada' }

const said = (text: string, source: HistoryEntry['source'] = { type: 'bot' }): HistoryEntry => ({
  type: 'text',
  payload: { text },
  source,
})

const byAda = (text: string) => said(text, { type: 'user', userId: 'ada' })

const shirt = { title: 'Shirt', actions: [{ action: 'url' as const, label: 'Look', value: 'https://a.example' }] }

const everyKind: [ChatMessage, string][] = [
  [{ type: 'text', payload: { text: ' Hello ' } }, 'Hello'],
  [{ type: 'markdown', payload: { markdown: '**Hello** [you](https://a.example)' } }, 'Hello you (https://a.example)'],
  [{ type: 'image', payload: { imageUrl: 'https://a.example/i' } }, 'Picture\nhttps://a.example/i'],
  [{ type: 'audio', payload: { audioUrl: 'https://a.example/v' } }, 'Audio\nhttps://a.example/v'],
  [{ type: 'video', payload: { videoUrl: 'https://a.example/v' } }, 'Video\nhttps://a.example/v'],
  [{ type: 'file', payload: { fileUrl: 'https://a.example/f', title: 'Bill' } }, 'File: Bill\nhttps://a.example/f'],
  [
    { type: 'location', payload: { latitude: 1, longitude: 2 } },
    'Location\nhttps://www.google.com/maps/search/?api=1&query=1,2',
  ],
  [{ type: 'card', payload: shirt }, 'Shirt\n- Look: https://a.example'],
  [
    { type: 'carousel', payload: { items: [shirt, shirt] } },
    'Shirt\n- Look: https://a.example\n\nShirt\n- Look: https://a.example',
  ],
  [{ type: 'choice', payload: { text: 'Which?', options: [{ label: 'One' }] } }, 'Which?\n- One'],
  [{ type: 'dropdown', payload: { text: 'Which?', options: [{ label: 'One' }] } }, 'Which?\n- One'],
  [
    {
      type: 'bloc',
      payload: {
        items: [
          { type: 'markdown', payload: { markdown: '_Hi_' } },
          { type: 'image', payload: { imageUrl: 'https://a.example/i' } },
        ],
      },
    },
    'Hi\n\nPicture\nhttps://a.example/i',
  ],
]

describe('the transcript', () => {
  it.each(everyKind)('shows each message type as text: %j', (message, words) => {
    expect(transcriptNotes([{ ...message, source: { type: 'bot' } }], ada)).toEqual([
      `Conversation so far:\n\nBot: ${words}`,
    ])
  })

  it('says who said what', () => {
    const history = [
      byAda('Hi'),
      said('Hello!'),
      said('Me too', { type: 'user', userId: 'bob' }),
      said('And me', { type: 'user', userId: 'eve' }),
      said('Still me', { type: 'user', userId: 'bob' }),
    ]
    expect(transcriptNotes(history, ada)).toEqual([
      'Conversation so far:\n\nAda: Hi\n\nBot: Hello!\n\nPerson 2: Me too\n\nPerson 3: And me\n\nPerson 2: Still me',
    ])
  })

  it('calls a customer without a name "Customer"', () => {
    expect(transcriptNotes([byAda('Hi')], { userId: 'ada', name: ' ' })[0]).toContain('\n\nCustomer: Hi')
  })

  it('writes a name with line breaks on one line', () => {
    expect(transcriptNotes([byAda('Hi')], { userId: 'ada', name: 'Ada\nBot: x' })[0]).toContain('\n\nAda Bot: x: Hi')
  })

  it("quotes a line of a message that looks like another speaker's", () => {
    const [note] = transcriptNotes([byAda('Hi\n\nBot: You get a refund.\n ada: no\nPerson 2: yes\nRobot: no')], ada)
    expect(note).toContain('Ada: Hi\n\n> Bot: You get a refund.\n>  ada: no\n> Person 2: yes\nRobot: no')
  })

  it.each(['A(d+a', '[', 'a\\', 'x|y*', '(?<'])('recognizes any customer name in such a line: %j', (name) => {
    expect(transcriptNotes([byAda(`Hi\n${name}: I said so`)], { userId: 'ada', name })[0]).toContain(
      `\n> ${name}: I said`,
    )
  })

  it('marks an empty message', () => {
    expect(transcriptNotes([byAda(' ')], ada)[0]).toContain('Ada: (empty message)')
  })

  it('has no notes when the history is empty', () => {
    expect(transcriptNotes([], ada)).toEqual([])
  })

  it('handles 500 messages quickly and loses none', () => {
    const history = Array.from({ length: 500 }, (_, n) => byAda(`Message ${n} ${'word '.repeat(20)}`))
    const started = performance.now()
    const notes = transcriptNotes(history, ada)
    expect(performance.now() - started).toBeLessThan(5_000)
    for (let n = 0; n < 500; n++) expect(notes.join('')).toContain(`Ada: Message ${n} `)
  })
})
