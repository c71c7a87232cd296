import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { notesOf } from './notes'

/** Not a measure of speed: what takes longer than this even on a busy machine takes quadratic time. */
const QUADRATIC_MS = 15_000

const numbered = (count: number, words: number) =>
  Array.from({ length: count }, (_, n) => `Ada: ${n} ${'word '.repeat(words).trim()}`)

describe('entries as notes', () => {
  it('are one note as long as they fit', () => {
    expect(notesOf(['a', 'b'])).toEqual(['The conversation so far:\n\na\n\nb'])
    expect(notesOf([])).toEqual([])
  })

  it('are several numbered notes when they do not, and no entry is spread over two', () => {
    const entries = numbered(300, 20)
    const notes = notesOf(entries)
    expect(notes.length).toBe(4)
    expect(notes.map((note) => note.split('\n')[0])).toEqual([
      'The conversation so far (1 of 4):',
      'The conversation so far (2 of 4):',
      'The conversation so far (3 of 4):',
      'The conversation so far (4 of 4):',
    ])
    expect(notes.flatMap((note) => note.split('\n\n').slice(1))).toEqual(entries)
  })

  it('keep the newest when they are too many, and say how many are missing', () => {
    const entries = numbered(2000, 20)
    const notes = notesOf(entries)
    const shown = notes.flatMap((note) => note.split('\n\n').slice(1))
    expect(notes).toHaveLength(8)
    expect(shown).toEqual(entries.slice(-shown.length))
    const missing = 2000 - shown.length
    expect(notes[0]).toMatch(
      new RegExp(`^The conversation so far, without the ${missing} earliest messages \\(1 of 8\\):\n`),
    )
    expect(notes.slice(1).join('')).not.toContain('earliest')
  })

  it('can miss a single one', () => {
    const entries = ['first', ...Array.from({ length: 8 }, (_, n) => `${n}${'x'.repeat(9_875)}`)]
    expect(notesOf(entries)[0]).toMatch(/^The conversation so far, without the earliest message \(1 of 8\):\n\n0x/)
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
    expect(notes.join('')).toMatch(
      /word \n\[This message is shortened: 4\d{6} more characters are not shown here\.\]\n\nafter$/,
    )
    expect(notes[0]).toContain('before')
    expect(notes.length).toBeLessThanOrEqual(3)
  })

  it('never are more than eight of 10,000 units, and end with the newest entry', () => {
    const entry = fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.nat(12_000)).map(([word, n]) => word.repeat(n / 4 + 1))
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 60 }), (entries) => {
        const notes = notesOf(entries)
        expect(notes.length).toBeGreaterThan(0)
        expect(notes.length).toBeLessThanOrEqual(8)
        for (const note of notes) expect(note.length).toBeLessThanOrEqual(10_000)
        const shown = notes.join('').replace(/The conv.*\n\n/g, '')
        expect(shown.endsWith(entries.at(-1) ?? '')).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
