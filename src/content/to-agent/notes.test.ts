import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { notesOf } from './notes'

/** Not a measure of speed: what takes longer than this even on a busy machine takes quadratic time. */
const QUADRATIC_MS = 15_000

const numbered = (count: number, words: number) =>
  Array.from({ length: count }, (_, n) => `Ada: ${n} ${'word '.repeat(words).trim()}`)

describe('transcript entries as notes', () => {
  it('are one note if they fit into one', () => {
    expect(notesOf(['a', 'b'])).toEqual(['Conversation so far:\n\na\n\nb'])
    expect(notesOf([])).toEqual([])
  })

  it('are several numbered notes otherwise, and no entry is spread over two', () => {
    const entries = numbered(300, 20)
    const notes = notesOf(entries)
    expect(notes.length).toBe(4)
    expect(notes.map((note) => note.split('\n')[0])).toEqual([
      'Conversation so far (part 1 of 4):',
      'Conversation so far (part 2 of 4):',
      'Conversation so far (part 3 of 4):',
      'Conversation so far (part 4 of 4):',
    ])
    expect(notes.flatMap((note) => note.split('\n\n').slice(1))).toEqual(entries)
  })

  it('keep the newest entries when there are too many, and say how many are left out', () => {
    const entries = numbered(2000, 20)
    const notes = notesOf(entries)
    const shown = notes.flatMap((note) => note.split('\n\n').slice(1))
    expect(notes).toHaveLength(8)
    expect(shown).toEqual(entries.slice(-shown.length))
    const missing = 2000 - shown.length
    expect(notes[0]).toMatch(
      new RegExp(`^Conversation so far \\(part 1 of 8; the ${missing} oldest messages are left out\\):\n`),
    )
    expect(notes.slice(1).join('')).not.toContain('oldest')
  })

  it('name a single entry that is left out', () => {
    const entries = ['first', ...Array.from({ length: 8 }, (_, n) => `${n}${'x'.repeat(9_875)}`)]
    expect(notesOf(entries)[0]).toMatch(/^Conversation so far \(part 1 of 8; the oldest message is left out\):\n\n0x/)
  })

  it('show the newest entries whole and in order, however long they are', () => {
    const length = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 19_000 }))
    fc.assert(
      fc.property(fc.array(length, { minLength: 1, maxLength: 40 }), (lengths) => {
        const entries = lengths.map((units, n) => `<${n}>`.padEnd(units, 'x'))
        const notes = notesOf(entries).map((note) => note.replace(/^Conversation so far.*\n\n/, ''))
        const shown = entries.slice(Number(/^<(\d+)>/.exec(notes[0] ?? '')?.[1]))
        const withoutCuts = notes
          .join('|')
          .replace(/(?:\n\n|\|)(?=<)/g, '\n')
          .replaceAll('|', '')
        expect(withoutCuts).toBe(shown.join('\n'))
      }),
      { numRuns: 100 },
    )
  })

  it('cut an entry only if it is longer than a note', () => {
    const notes = notesOf(['short', 'word '.repeat(3_000).trim()])
    expect(notes).toHaveLength(3)
    expect(notes[0]).toContain('short')
    expect(notes.map((note) => note.replace(/^.*\n\n/, '')).join('')).toContain('word '.repeat(2_900))
  })

  it('shorten a gigantic entry and say so', () => {
    const started = performance.now()
    const notes = notesOf(['before', `Ada: ${'word '.repeat(1_000_000)}`, 'after'])
    expect(performance.now() - started).toBeLessThan(QUADRATIC_MS)
    expect(notes.join('')).toMatch(/word \n\[Message shortened: 4\d{6} more characters are not shown\.\]\n\nafter$/)
    expect(notes[0]).toContain('before')
    expect(notes.length).toBeLessThanOrEqual(3)
  })

  it('are at most eight notes of 10,000 units, and end with the newest entry', () => {
    const entry = fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.nat(12_000)).map(([word, n]) => word.repeat(n / 4 + 1))
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 60 }), (entries) => {
        const notes = notesOf(entries)
        expect(notes.length).toBeGreaterThan(0)
        expect(notes.length).toBeLessThanOrEqual(8)
        for (const note of notes) expect(note.length).toBeLessThanOrEqual(10_000)
        const shown = notes.join('').replace(/Conversation so far.*\n\n/g, '')
        expect(shown.endsWith(entries.at(-1) ?? '')).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
