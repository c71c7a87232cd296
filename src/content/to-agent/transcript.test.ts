import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shownOf } from '../../../tests/support/markdown-reference'
import type { ChatMessage } from './thread-parts'
import { transcriptNotes } from './transcript'

const ada = { userId: 'ada', name: 'Ada' }

type Source = { type: 'bot' } | { type: 'user'; userId: string }

const said = (text: string, source: Source = { type: 'bot' }): ChatMessage & { source: Source } => ({
  type: 'text',
  payload: { text },
  source,
})

const byAda = (text: string) => said(text, { type: 'user', userId: 'ada' })

const textsOf = (history: readonly unknown[], customer = ada): string[] =>
  transcriptNotes(history, customer).map(({ text }) => text)

const shirt = {
  title: 'Shirt',
  imageUrl: 'https://a.example/i',
  actions: [
    { action: 'url', label: 'Look', value: 'https://a.example' },
    { action: 'say', label: 'Buy', value: 'buy' },
  ],
}

const everyKind: [ChatMessage, string][] = [
  [{ type: 'text', payload: { text: ' Hello ' } }, 'Hello'],
  [{ type: 'text', payload: { text: 'A\n\n\n- b\n- c' } }, 'A\n│ • b\n│ • c'],
  [{ type: 'markdown', payload: { markdown: '**Hello** [you](https://a.example)' } }, 'Hello you (https://a.example)'],
  [{ type: 'image', payload: { imageUrl: 'https://a.example/i' } }, 'Picture\n│ https://a.example/i'],
  [{ type: 'audio', payload: { audioUrl: 'https://a.example/v' } }, 'Audio\n│ https://a.example/v'],
  [{ type: 'video', payload: { videoUrl: 'https://a.example/v' } }, 'Video\n│ https://a.example/v'],
  [{ type: 'file', payload: { fileUrl: 'https://a.example/f', title: 'Bill' } }, 'File: Bill\n│ https://a.example/f'],
  [
    { type: 'location', payload: { latitude: 1, longitude: 2 } },
    'Location\n│ https://www.google.com/maps/search/?api=1&query=1,2',
  ],
  [{ type: 'card', payload: shirt }, 'Shirt\n│ [Look: https://a.example] [Buy]'],
  [
    { type: 'carousel', payload: { items: [shirt, shirt] } },
    'Shirt\n│ [Look: https://a.example] [Buy]\n│ Shirt\n│ [Look: https://a.example] [Buy]',
  ],
  [
    { type: 'choice', payload: { text: 'Which?', options: [{ label: 'One' }, { label: 'Two' }] } },
    'Which?\n│ [One] [Two]',
  ],
  [{ type: 'dropdown', payload: { text: 'Which?', options: [{ label: 'One' }] } }, 'Which?\n│ [One]'],
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
    'Hi\n│ Picture\n│ https://a.example/i',
  ],
]

describe('the conversation so far', () => {
  it.each(everyKind)('shows each message type as text: %j', (message, words) => {
    expect(textsOf([{ ...message, source: { type: 'bot' } }])).toEqual([`Conversation so far:\n\nBot: ${words}`])
  })

  it('says who said what, with an empty line only where the speaker changes', () => {
    const history = [
      byAda('Hi'),
      byAda('Are you there?'),
      said('Hello!'),
      said('Me too', { type: 'user', userId: 'bob' }),
      said('And me', { type: 'user', userId: 'eve' }),
      said('Still me', { type: 'user', userId: 'bob' }),
    ]
    expect(textsOf(history)).toEqual([
      'Conversation so far:\n\nAda: Hi\nAda: Are you there?\n\nBot: Hello!\n\nPerson 2: Me too\n\nPerson 3: And me\n\nPerson 2: Still me',
    ])
  })

  it('names the speakers in bold, and its links can be clicked', () => {
    const history = [byAda('<b> https://a.example/x.'), byAda('a\n**b**'), said('[you](https://b.example)\n> q')]
    expect(transcriptNotes(history, ada).map(({ richText }) => richText)).toEqual([
      '<p>Conversation so far:</p><p><strong>Ada:</strong> &lt;b&gt; <a href="https://a.example/x">https://a.example/x</a>.' +
        '<br><strong>Ada:</strong> a<br>│ **b**</p>' +
        '<p><strong>Bot:</strong> <a href="https://b.example">you</a><br>│ &gt; q</p>',
    ])
  })

  it('has everything in its text that its rich text shows', () => {
    const words = fc.stringMatching(/^[a-zA-Z*_ \n>|`0-9.-]{0,30}$/)
    const source = fc.constantFrom<Source>({ type: 'bot' }, { type: 'user', userId: 'ada' })
    const entry = fc.record({ type: fc.constant('text'), payload: fc.record({ text: words }), source })
    fc.assert(
      fc.property(fc.array(entry), (history) => {
        for (const { text, richText } of transcriptNotes(history, ada)) {
          expect(shownOf(richText).text).toBe(text.replace(/\s+/g, ''))
        }
      }),
    )
  })

  it("leaves out the plugin's own lines and the commands to it", () => {
    const history = [
      byAda('Hi'),
      byAda('/end'),
      said('You have ended the session with the human agent. I will continue assisting you.'),
      said('I have escalated this conversation to a human agent. They should be with you shortly.'),
    ]
    expect(textsOf(history)).toEqual(['Conversation so far:\n\nAda: Hi'])
    expect(textsOf(history.slice(1))).toEqual([])
  })

  it('calls a customer without a name "Customer"', () => {
    expect(textsOf([byAda('Hi')], { userId: 'ada', name: ' ' })[0]).toContain('\n\nCustomer: Hi')
  })

  it('marks an empty message', () => {
    expect(textsOf([byAda(' \u200b')])[0]).toContain('Ada: (empty message)')
  })

  it('has no notes when the history is empty', () => {
    expect(textsOf([])).toEqual([])
  })
})

describe('a customer who imitates another speaker', () => {
  it.each(['\n', '\r', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029', '\n\n', '\n\u200b', '\n\u3164 '])(
    'cannot begin a line of the note after %j',
    (end) => {
      const [note = ''] = textsOf([byAda(`Hi${end}Bot: You get a refund.`)])
      expect(note.split(/[\r\n\v\f\u0085\u2028\u2029]+/)).toEqual([
        'Conversation so far:',
        'Ada: Hi',
        expect.stringMatching(/^│\s+Bot: You get a refund\.$/),
      ])
    },
  )

  it.each([
    'Bot',
    'bot',
    ' B\u200bot ',
    'Ｂｏｔ',
    'Воt',
    'Bo\u0301t',
    'Pеrsоn 2',
    'Bot: You get a refund. Ada',
    '"Bot"',
    'Person 2',
    'person 3: x',
  ])('is called a customer despite the name %j', (name) => {
    expect(textsOf([byAda('Hi')], { userId: 'ada', name })[0]).toMatch(/\n\nCustomer ".+": Hi$/)
  })

  it.each(['Botond', 'Abbot', 'Persona', 'Ada'])('is someone else than the customer %j', (name) => {
    expect(textsOf([byAda('Hi')], { userId: 'ada', name })[0]).toContain(`\n\n${name}: Hi`)
  })

  it('cannot do so with line breaks or many words in the name', () => {
    expect(textsOf([byAda('Hi')], { userId: 'ada', name: 'Ada\u2028Bot: x' })[0]).toContain('\n\nAda Bot: x: Hi')
    const [note = ''] = textsOf([byAda('Hi')], { userId: 'ada', name: 'a'.repeat(33_000) })
    expect(note).toContain(`\n\n${'a'.repeat(100)} (shortened): Hi`)
  })
})

describe('a long conversation', () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, n) => byAda(`<${n}> ${'word '.repeat(20)}.`))
  const headings = (notes: readonly string[]) => notes.map((note) => note.split('\n')[0])

  it('is several numbered notes, and no entry is in two', () => {
    const notes = textsOf(numbered(300))
    expect(headings(notes)).toEqual([1, 2, 3, 4].map((n) => `Conversation so far (part ${n} of 4):`))
    expect(notes.flatMap((note) => note.split('\n').slice(2))).toHaveLength(300)
  })

  it('keeps its newest entries, and says how many are left out', () => {
    const notes = textsOf(numbered(2000))
    const shown = notes.flatMap((note) => note.split('\n').slice(2))
    expect(notes).toHaveLength(8)
    expect(shown.at(-1)).toContain('<1999>')
    expect(headings(notes)[0]).toBe(
      `Conversation so far (part 1 of 8; the ${2000 - shown.length} oldest messages are left out):`,
    )
    expect(notes.slice(1).join('')).not.toContain('oldest')
  })

  it('says whose a continued message is', () => {
    const list = Array.from({ length: 3_000 }, (_, n) => `${n % 10}`).join('\n')
    const notes = textsOf([byAda(list), byAda('after')])
    expect(notes).toHaveLength(2)
    expect(notes[1]).toMatch(/^Conversation so far \(part 2 of 2\):\n\nAda \(continued\): \d\n│ \d\n/)
    expect(notes[1]).toMatch(/\nAda: after$/)
  })

  it('shortens a gigantic entry and says so', () => {
    const notes = textsOf([byAda('before'), byAda('word '.repeat(1_000_000)), byAda('after')])
    expect(notes.join('')).toMatch(/^Conversation so far \(part 1 of 2\):\n\nAda: before/)
    expect(notes.join('')).toMatch(/word word \(shortened\)/)
    expect(notes.join('')).toMatch(/Ada: after$/)
  })

  it('is at most eight notes of 10,000 units that end with the newest entry', () => {
    const words = fc.tuple(fc.constantFrom('a', 'a\n', 'word ', '[a](b.example/|)', '&amp;'), fc.nat(12_000))
    const text = words.map(([word, n]) => `${word.repeat(n / word.length)}.`)
    const entry = fc.tuple(text, fc.boolean()).map(([given, isBot]) => (isBot ? said(given) : byAda(given)))
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
        const notes = textsOf([...entries, byAda('the end')])
        expect(notes.length).toBeLessThanOrEqual(8)
        for (const note of notes) expect(note.length).toBeLessThanOrEqual(10_000)
        expect(notes.at(-1)).toMatch(/Ada: the end$/)
      }),
      { numRuns: 60 },
    )
  })
})
