import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ATTACKS } from '../../../tests/support/attacks'
import { RENDERERS, shownOf } from '../../../tests/support/markdown-reference'
import { markdownOfHtml, markdownOfText } from '../../../tests/support/markdown-of'

const SIGNS = '* ** _ __ ~~ ~ ` ``` [ ]( ) ! < > \\ & &amp; # - === --- : ; , . ? " \' 5 . ( word'.split(' ')
const OTHERS = [
  'é',
  '中',
  '😀',
  '请看',
  '。',
  '（',
  '）',
  '“',
  '”',
  '…',
  '—',
  '<img ',
  '<b>',
  '</p>',
  'javascript:',
  '1. ',
  '[x] ',
]
const ADDRESSES = [
  ...['', '/', '/b_c_d', '/_b_/c', '/b*c*', '/?a=1&copy=2', '/a_(b)', '/~x'].map((path) => `https://a.example${path}`),
  'http://b.example/x;y',
  'https://ja.example/wiki/日本',
  'ada@b.example',
  'a_b@c.example',
]
const typed = fc.constantFrom(...ADDRESSES, 'www.a.example', 'www.a.example/_x_')
const words = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS, ...OTHERS, ' ', ' '), typed), { maxLength: 6 })
  .map((pieces) => escaped(pieces.join('')))

/** Links with words of their own, and links that name themselves. */
const links = fc.oneof(
  fc.constantFrom(...ADDRESSES).map((address) => link(address.includes('@') ? `mailto:${address}` : address, address)),
  fc
    .tuple(fc.constantFrom('https://l.example/1', 'https://l.example/2_3_', 'mailto:x@y.example'), words)
    .map(([url, inside]) => link(url, `a${inside.replace(/:\/\/|www\./g, '')}`)),
)
const { inline } = fc.letrec<{ inline: string }>((tie) => ({
  inline: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    words,
    links,
    fc
      .tuple(fc.constantFrom('b', 'i', 's', 'span'), fc.array(tie('inline'), { maxLength: 3 }))
      .map(([tag, inside]) => `<${tag}>${inside.join('')}</${tag}>`),
    words.map((code) => `<code>${code}</code>`),
  ),
}))
const line = fc.array(inline, { maxLength: 4 }).map((pieces) => pieces.join(''))
const blocks = fc
  .tuple(fc.constantFrom('p', 'div', 'li', 'blockquote', 'h2', 'td'), line, line)
  .map(([tag, one, other]) => {
    if (tag === 'td') return `<table><tr><td>${one}</td><td>${other}</td></tr></table>`
    return tag === 'li' ? `<ul><li>${one}<br>${other}</li></ul>` : `<${tag}>${one}<br>${other}</${tag}>`
  })
const page = fc.array(blocks, { minLength: 1, maxLength: 3 }).map((all) => all.join(''))

/** The same pages each time: what a renderer reads oddly in a new corner must not fail an unrelated change. */
const RUNS = { numRuns: 2_000, seed: 20_261_128 }

const ALLOWED = new Set('p br em strong del s code pre a h2 ul ol li blockquote hr img'.split(' '))

describe.each(RENDERERS)("an agent's rich text, rendered by %s", (name, render) => {
  const shownIn = (html: string) => shownOf(render(markdownOfHtml(html)))

  it('shows the same words, and nothing that an agent did not write', () => {
    fc.assert(
      fc.property(page, (html) => {
        const { text, tags } = shownIn(html)
        expect(tags.filter((tag) => !ALLOWED.has(tag))).toEqual([])
        expect(withoutSchemes(text)).toBe(withoutSchemes(shownOf(html).text))
      }),
      RUNS,
    )
  })

  it.skipIf(name === 'markdown-it')('leads where the agent linked', () => {
    fc.assert(
      fc.property(page, (html) => {
        const found = shownIn(html).links.map(decoded)
        let at = 0
        for (const url of shownOf(html).links.map(decoded)) {
          const place = found.indexOf(url, at)
          expect(place, `${url} in ${found.join(' ')}`).toBeGreaterThanOrEqual(at)
          at = place + 1
        }
      }),
      RUNS,
    )
  })

  it('runs nothing of an attack, in any place', () => {
    for (const attack of ATTACKS) {
      const html = escaped(attack)
      for (const around of [
        '',
        'www.a.example',
        'https://a.example',
        'ftp://a.example',
        'xwww.a',
        'a@b.example',
        '`',
        '\\',
      ]) {
        for (const markdown of [
          markdownOfText(around + attack),
          markdownOfHtml(`<p>${around}${html}</p>`),
          markdownOfHtml(`<p>${around}<code>${html}</code>${html}</p>`),
          markdownOfHtml(`<a href="https://a.example/x">${around}${html}</a>`),
        ]) {
          const { tags, links: found } = shownOf(render(markdown))
          expect(tags.filter((tag) => !ALLOWED.has(tag))).toEqual([])
          expect(found.filter((url) => !/^(?:https?|ftp|mailto):/i.test(url))).toEqual([])
        }
      }
    }
  })
})

/** A link that names itself is written with its scheme. */
const withoutSchemes = (text: string): string => text.replace(/https?:\/\/|\|/g, '')

const decoded = (url: string): string => decodeURI(url).replaceAll('%28', '(').replaceAll('%29', ')')

const link = (url: string, inside: string): string => `<a href="${escaped(url)}">${escaped(inside)}</a>`

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
