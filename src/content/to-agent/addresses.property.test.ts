import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RENDERERS, shownOf } from '../../../tests/support/markdown-reference'
import { render } from './write-markdown'

const markdownToHtml = (markdown: string): string => render(markdown).richText
const markdownToText = (markdown: string): string => render(markdown).text

const PATHS = [
  '',
  '/',
  '/a',
  '/a_b_c',
  '/a?b=1&c=2',
  '/?a[b][]=1&c[]=2',
  '/a_(b)',
  '/~u/x',
  '/a#b-c',
  '/a;b',
  '/wiki/日本',
  '/100%25',
]
const addresses = fc.constantFrom(...PATHS.map((path) => `https://x.example${path}`))
/** In these, signs pair with each other in front of the eyes of a renderer that knows no bare addresses. */
const starred = fc.constantFrom('https://x.example/_a_/b', 'https://x.example/*/b', 'https://x.example/a*b*c')

const BEFORE = ['', 'See ', '(', '"', '“', '（', '请看', '：', '- ', '> ', '# ', 'a\n', '| ', '• ', '—']
const AFTER = [
  '',
  '.',
  ',',
  ';',
  ':',
  '!',
  '?',
  '"',
  "'",
  '.)',
  '...',
  '?!',
  '”',
  '…',
  '—b',
  '،',
  '؟',
  '।',
  '👈',
  '。',
  '，',
  '）',
  '」',
  '；',
  '|',
  ' b',
]
const SIGNS = ['**', '*', '_', '~~', '***', '__']
const AFTER_SIGNS = [...AFTER, '(b)', ';b', '/b', ' (b)', '[b]']

describe('an address in markdown', () => {
  it('ends where it ends, beside any punctuation', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...BEFORE),
        fc.oneof(addresses, starred),
        fc.constantFrom(...AFTER),
        (before, url, after) => {
          expect(shownOf(markdownToHtml(before + url + after)).links).toEqual(
            [encodeURI(decodeURI(url))].map(() => url),
          )
          expect(markdownToText(before + url + after)).toContain(url)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('ends before CJK and Thai words that follow it without a space', () => {
    for (const words of ['请看', 'をご覧', '를 보세요', 'ครับ']) {
      expect(shownOf(markdownToHtml(`详见https://x.example/a${words}`)).links).toEqual(['https://x.example/a'])
    }
  })

  it('ends before the brackets of a remark, and goes on behind those of a key', () => {
    expect(shownOf(markdownToHtml('https://x.example/a[1] {https://x.example/?b[c]=1}')).links).toEqual([
      'https://x.example/a',
      'https://x.example/?b[c]=1',
    ])
  })

  it('goes on behind signs that are escaped', () => {
    expect(markdownToHtml(String.raw`https://x\.example/a\_b\_c\*`)).toBe(
      '<p><a href="https://x.example/a_b_c">https://x.example/a_b_c</a>*</p>',
    )
  })

  it('ends before marks that no reader sees', () => {
    for (const mark of ['\u200b', '\u200e', '\u200f', '\u202c', '\u2069', '\ufeff']) {
      expect(shownOf(markdownToHtml(`x https://x.example/a${mark} b`)).links).toEqual(['https://x.example/a'])
    }
  })

  it('ends before the signs that format it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...BEFORE),
        fc.constantFrom(...SIGNS),
        addresses,
        fc.constantFrom(...AFTER_SIGNS),
        (...parts) => {
          const [before, sign, url, after] = parts
          // Underscores do not format inside words, and one before a bracket ends what another began.
          fc.pre(sign !== '_' || !url.includes('_('))
          fc.pre(!sign.startsWith('_') || !/[\p{L}\p{N}]$/u.test(before))
          // "/*/" is a part of an address.
          fc.pre(!(sign.length === 1 && url.endsWith('/') && after.startsWith('/')))
          const { links, text } = shownOf(markdownToHtml(`${before}${sign}${url}${sign}${after}`))
          expect(links).toEqual([url])
          expect(text.replace(url, '')).not.toContain(sign)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('ends with its cell in a table', () => {
    fc.assert(
      fc.property(fc.oneof(addresses, starred), fc.constantFrom('', ' '), (url, space) => {
        const markdown = `|Shop|Address|\n|---|---|\n|${space}a${space}|${space}${url}${space}|\n|b|${url}|`
        expect(shownOf(markdownToHtml(markdown)).links).toEqual([url, url])
      }),
    )
  })

  it('is shown with the words around it as in a reference', () => {
    const [, reference = String] = RENDERERS[0] ?? []
    const beside = fc.constantFrom(...BEFORE.filter((before) => !/^[-|>•#]/.test(before)))
    fc.assert(
      fc.property(beside, fc.constantFrom('', '**', '*'), addresses, fc.constantFrom(...AFTER_SIGNS), (...parts) => {
        const [before, sign, url, after] = parts
        fc.pre(!(sign.length === 1 && url.endsWith('/') && after.startsWith('/')))
        const markdown = `${before}${sign}${url}${sign}${after}`
        expect(shownOf(markdownToHtml(markdown)).text).toBe(shownOf(reference(markdown)).text)
      }),
      { numRuns: 1_000 },
    )
  })
})
