import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { ATTACKS } from '../../../tests/support/attacks'
import { isReadOtherwise } from '../../../tests/support/canonical-html'
import { markdownOfHtml } from '../../../tests/support/markdown-of'
import { render } from '../to-agent/write-markdown'

const SIGNS = '* ** _ __ ~~ ` ``` [ ]( ) ! < > \\ & &amp; # - === --- | : a word 5 . é 中 😀'
  .split(' ')
  .concat([' ', '\n', '# ', '- ', '1. ', '+ ', ' https://a.example/_b_ ', ' a_b@c.example ', '[x] '])
const soup = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 })
const words = fc.oneof(soup, fc.string({ unit: 'grapheme', maxLength: 12 }))

/** Pages of nested tags, well formed. */
const { page } = fc.letrec<{ page: string }>((tie) => ({
  page: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    words.map(escaped),
    fc
      .tuple(fc.constantFrom(...tags()), fc.array(tie('page'), { maxLength: 4 }))
      .map(([[open, close], inside]) => `${open}${inside.join('')}${close}`),
  ),
}))

/** Pieces of tags in any order. */
const pieces = [
  ...SIGNS,
  ...tags().flat(),
  '<script>x</script>',
  '<',
  '</',
  '"',
  '=',
  '<!--',
  '-->',
  '&#',
  ';',
  '<a',
  '/>',
]
const tagSoup = fc.string({ unit: fc.constantFrom(...pieces), maxLength: 20 })

describe('markdown made from any HTML', () => {
  it('holds every visible character, in order', () => {
    fc.assert(
      fc.property(fc.array(page, { maxLength: 4 }), (pages) => {
        const html = pages.join('')
        expect(missing(visible(html), markdownOfHtml(html))).toBe('')
      }),
      { numRuns: 500 },
    )
  })

  it('holds every visible character of malformed HTML', () => {
    fc.assert(
      fc.property(tagSoup, (html) => {
        fc.pre(!isReadOtherwise(html))
        expect(missing(visible(html), markdownOfHtml(html))).toBe('')
      }),
      { numRuns: 500 },
    )
  })

  it('shows the same words when it is read as markdown', () => {
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('<br>', '</p><p>', '</div><div>'),
        (lines, between) => {
          const markdown = markdownOfHtml(`<p>${lines.map(escaped).join(between)}</p>`)
          expect(squeezed(render(markdown).text)).toBe(squeezed(lines.join('')))
        },
      ),
      { numRuns: 700 },
    )
  })

  it('converts back to the same HTML, as far as the channel shows it', () => {
    const text = fc.stringMatching(/^[a-zé中😀,.?]{1,8}( [a-z*_]{1,5}){0,3}$/u)
    const line = fc.oneof(
      text.map(escaped),
      // Words that look like an address would be followed by the host that the link leads to.
      text
        .map((label) => label.replaceAll('.', ','))
        .map((label) => `<a href="https://a.example/x">${escaped(label)}</a>`),
    )
    const paragraph = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => `<p>${lines.join('<br>')}</p>`)
    const quote = fc
      .array(paragraph, { minLength: 1, maxLength: 2 })
      .map((inside) => `<blockquote>${inside.join('')}</blockquote>`)
    fc.assert(
      fc.property(fc.array(paragraph, { maxLength: 4 }), quote, paragraph, (before, quoted, after) => {
        const html = [...before, quoted, after].join('')
        expect(render(markdownOfHtml(html)).richText).toBe(html)
      }),
      { numRuns: 400 },
    )
  })

  it('holds only safe links', () => {
    const attack = fc.string({ unit: fc.constantFrom(...pieces, ...ATTACKS), maxLength: 8 })
    fc.assert(
      fc.property(fc.oneof(attack, fc.string({ unit: 'binary' })), (html) => {
        // In code nothing is a link.
        const withoutCode = html.replaceAll('`', '').replace(/<+(?=code|pre)/gi, '')
        for (const [, address] of markdownOfHtml(withoutCode).matchAll(/(?<!\\)\]\(([^)]*)\)/g)) {
          expect(address).toMatch(/^(?:https?:\/\/|mailto:|tel:)/i)
        }
      }),
      { numRuns: 500 },
    )
  })
})

function tags(): [string, string][] {
  const simple = 'p div b i s u code pre ul ol li blockquote h2 span table tr td x-y'.split(' ')
  return [
    ...simple.map((name): [string, string] => [`<${name}>`, `</${name}>`]),
    ['<a href="https://a.example/_b_?c=(d)&amp;e">', '</a>'],
    ['<a href="javascript:alert(1)">', '</a>'],
    ['<ol start="7">', '</ol>'],
    ['<br>', '<hr>'],
    ['<img src="https://a.example/i.png">', ''],
  ]
}

/** The characters that a browser would show, by another reader of HTML. */
function visible(html: string): string {
  const hidden = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'iframe'])
  let inside = 0
  let text = ''
  const parser = new Parser({
    onopentag: (name) => (inside += hidden.has(name) ? 1 : 0),
    onclosetag: (name) => (inside -= hidden.has(name) ? 1 : 0),
    ontext: (piece) => (text += inside > 0 ? '' : piece),
  })
  parser.end(html)
  return squeezed(text)
}

/** What of the wanted characters cannot be found in order. */
function missing(wanted: string, text: string): string {
  let at = 0
  for (let index = 0; index < wanted.length; index++) {
    const found = text.indexOf(wanted.charAt(index), at)
    if (found < 0) return wanted.slice(index)
    at = found + 1
  }
  return ''
}

const squeezed = (text: string): string => text.replace(/\s+/g, '')

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
