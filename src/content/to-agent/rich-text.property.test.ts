import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { ATTACKS } from '../../../tests/support/attacks'
import { render } from './write-markdown'

const markdownToHtml = (text: string): string => render(text).richText

/** Not a measure of speed: what takes longer than this even on a busy machine takes quadratic time. */
const QUADRATIC_MS = 15_000

const MARKUP =
  '* ** _ ~~ ` ``` [ ]( ) ![ < > " \' & &# ; \\ - 1. | javascript: https://a.example a onload= <script> </p> <a'
    .split(' ')
    .concat([' ', '\n', '# ', '- ', '> '])
const soup = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...MARKUP), maxLength: 40 }))

describe('HTML made from any markdown', () => {
  it.each(ATTACKS)('cannot run the attack %j', (attack) => {
    for (const text of [
      attack,
      `[x](${attack})`,
      `![x](${attack})`,
      `[${attack}](https://a.example)`,
      `<${attack}>`,
      `> - ${attack}`,
    ]) {
      expect(harmful(markdownToHtml(text))).toEqual([])
    }
  })

  it('holds only allowed tags and safe links', () => {
    fc.assert(
      fc.property(soup, (text) => {
        expect(harmful(markdownToHtml(text))).toEqual([])
      }),
      { numRuns: 700 },
    )
  })

  it('shows every character of a text without formatting', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = text.replace(/[\p{Cc}*_~`[\]\\&<>#+\-=|:.)!]/gu, '')
        expect(read(markdownToHtml(plain)).text).toBe(plain.trim())
      }),
      { numRuns: 400 },
    )
  })

  it('shows every word, in order', () => {
    fc.assert(
      fc.property(markdown(), ({ source, words }) => {
        expect(
          read(markdownToHtml(source))
            .text.replace(/[^a-z]+/g, ' ')
            .trim(),
        ).toBe(words.join(' '))
      }),
      { numRuns: 400 },
    )
  })

  it.each([...MARKUP, '*a', '**a _b ', '[a](', '[](', '` ', '<a@', '- a\n', 'a\n', '[![a](b)', '\\['])(
    'is made in linear time from repeated %j',
    (piece) => {
      const text = piece.repeat(100_000 / piece.length)
      const started = performance.now()
      markdownToHtml(text)
      expect(performance.now() - started).toBeLessThan(QUADRATIC_MS)
    },
  )

  it('is made in linear time from deep nesting', () => {
    const started = performance.now()
    markdownToHtml(`${'['.repeat(20_000)}x${'](https://a.example)'.repeat(10_000)}`)
    markdownToHtml(`${'!['.repeat(20_000)}x${'](https://a.example)'.repeat(10_000)}`)
    markdownToHtml(
      Array.from({ length: 500 }, (_, n) => `${'>'.repeat(n)} ${' '.repeat(n)}- ${'`'.repeat(n)}`).join('\n'),
    )
    expect(performance.now() - started).toBeLessThan(QUADRATIC_MS)
  })
})

function markdown() {
  // In angle brackets, that one is a line break.
  const word = fc.stringMatching(/^[a-z]{1,6}$/).filter((letters) => letters !== 'br')
  const wraps = ['', '**', '_', '*', '~~', '`', '***'].map((sign) => [sign, sign] as const)
  const links = [
    ['[', '](https://1.2/3)'],
    ['![', '](https://1.2/3)'],
    ['<', '>'],
    ['', '  '],
  ] as const
  const starts = ['', '# ', '- ', '1. ', '> ', '> - ', '  - ', '\n', '\n\n', '| ']
  const piece = fc.tuple(
    word,
    fc.constantFrom(...wraps, ...links),
    fc.constantFrom(' ', '\n'),
    fc.constantFrom(...starts),
  )
  return fc.array(piece, { maxLength: 20 }).map((pieces) => ({
    words: pieces.map(([text]) => text),
    source: pieces
      .map(([text, [open, close], end, start]) => `${open}${text}${close}${end}${end === '\n' ? start : ''}`)
      .join(''),
  }))
}

/** The tags that HubSpot is not told of, and what could run or leave the page in those that it is. */
function harmful(html: string): string[] {
  return read(html)
    .tags.filter(({ name, attributes: { href = '', ...others } }) => {
      const isLink = name === 'a' && /^(?:https?:\/\/|mailto:|tel:)[^\s"<>]+$/i.test(href)
      const isPlain = ['p', 'br', 'blockquote'].includes(name) && href === ''
      return !(isLink || isPlain) || Object.keys(others).length > 0
    })
    .map(({ name, attributes }) => JSON.stringify({ name, attributes }))
}

function read(html: string) {
  const tags: { name: string; attributes: Record<string, string> }[] = []
  let text = ''
  const parser = new Parser({
    onopentag: (name, attributes) => tags.push({ name, attributes }),
    ontext: (words) => (text += words),
    oncomment: (words) => tags.push({ name: `comment ${words}`, attributes: {} }),
  })
  parser.end(html.replaceAll('<br>', '\n<br>').replaceAll('</p>', '\n</p>'))
  return { tags, text: text.trim() }
}
