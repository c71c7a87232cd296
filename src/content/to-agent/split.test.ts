import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitText } from './split'

/** Not a measure of speed: what takes longer than this even on a busy machine takes quadratic time. */
const QUADRATIC_MS = 15_000

describe('splitting a text', () => {
  it('cuts between paragraphs, then lines, sentences and words', () => {
    expect(splitText('one two.\n\nthree four', 14)).toEqual(['one two.\n\n', 'three four'])
    expect(splitText('one two.\nthree. four', 16)).toEqual(['one two.\n', 'three. four'])
    expect(splitText('One two. Three four', 14)).toEqual(['One two. ', 'Three four'])
    expect(splitText('one two three four', 10)).toEqual(['one two ', 'three four'])
  })

  it.each(['One two! ', 'One two? ', '今天天气很好。', '今天天气很好！'])('cuts after the sentence %j', (sentence) => {
    expect(splitText(`${sentence}Three four`, 12)[0]).toBe(sentence)
  })

  it('leaves a text that fits whole, and has no pieces for an empty text', () => {
    expect(splitText('one two', 7)).toEqual(['one two'])
    expect(splitText('', 7)).toEqual([])
  })

  it('does not cut a link that fits into one piece', () => {
    const url = 'https://a.example/some.page?with=words'
    expect(splitText(`See it at ${url} today`, 42)).toEqual(['See it at ', `${url} `, 'today'])
    expect(splitText(`See it ${url}`, 40)).toEqual(['See it ', url])
  })

  it.each([
    '[two words and more](https://a.example)',
    '![a picture of it](https://a.example/i_(1).png)',
    '[![a b c](https://a.example/i.png)](https://b)',
    String.raw`[two \[words\] here](https://a.example/x)`,
    '4111 1111 1111 1111',
  ])('does not cut the link or number %s', (link) => {
    for (let before = 0; before < 60; before++) {
      const parts = splitText(`${'x'.repeat(before)} ${link} and so on. And on.`, 50)
      expect(parts).toContainEqual(expect.stringContaining(link))
    }
  })

  it('does not cut the address of a link whose words are too long', () => {
    for (let length = 40; length < 120; length++) {
      const pieces = splitText(`[${'x'.repeat(length)}](https://a.example/page?one.Two)`, 40)
      expect(pieces).toContainEqual(expect.stringContaining('(https://a.example/page?one.Two)'))
    }
  })

  it('cuts a link that fits into no piece', () => {
    const parts = splitText(`https://a.example/${'x'.repeat(100)}`, 50)
    expect(parts.map((part) => part.length)).toEqual([50, 50, 18])
  })

  it.each(['👩‍👩‍👧‍👦', '👍🏽', '🇩🇪', 'é̂', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'])('does not cut the character %s', (character) => {
    for (const part of splitText(character.repeat(30), 50)) {
      expect(part).toBe(character.repeat(part.length / character.length))
    }
    for (let before = 0; before < 20; before++) {
      const parts = splitText(`${'x'.repeat(before)}${character}${'y'.repeat(30)}`, 20)
      expect(parts).toContainEqual(expect.stringContaining(character))
    }
  })

  it('does not cut between a space and an accent on it', () => {
    expect(splitText('one two \u0301three', 8)[0]).toBe('one ')
  })

  it('loses nothing, keeps the limit and never cuts a character in two', () => {
    const word = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '. ',
      '。',
      '😀',
      '👩‍👧',
      'https://a.example/b',
      '[a b](https://c)',
      '[',
      '](',
    )
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: word, maxLength: 60 }))
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 50 }), (whole, most) => {
        const parts = splitText(whole, most)
        expect(parts.join('')).toBe(whole)
        for (const [index, part] of parts.entries()) {
          expect(part.length).toBeGreaterThan(0)
          expect(part.length).toBeLessThanOrEqual(most)
          expect(`${parts[index - 1] ?? ''}|${part}`).not.toMatch(/[\ud800-\udbff]\|[\udc00-\udfff]/)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('never cuts a link that fits', () => {
    const link = fc.constantFrom(
      'https://a.example/b_(c)',
      '[a b](https://c.example)',
      '![a](https://b.example/c)',
      '[![a](https://b.example)](https://c.example)',
      'mailto:a@b.example',
    )
    const words = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '. ', '👩‍👧'), minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(words, link), { maxLength: 8 }),
        fc.integer({ min: 45, max: 90 }),
        (pairs, most) => {
          const whole = pairs.map(([before, url]) => `${before} ${url} `).join('')
          const pieces = splitText(whole, most)
          for (const [, url] of pairs) {
            const times = (text: string) => text.split(url).length - 1
            expect(pieces.map(times).reduce((sum, count) => sum + count)).toBe(times(whole))
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it.each(['[', '\\[', '[a](', '[![a](b)', 'https://', 'a', ' ', '\\'])(
    'splits 100,000 units of %j quickly',
    (piece) => {
      const text = piece.repeat(100_000 / piece.length)
      const started = performance.now()
      expect(splitText(text, 10_000).join('') === text).toBe(true)
      expect(performance.now() - started).toBeLessThan(QUADRATIC_MS)
    },
  )
})
