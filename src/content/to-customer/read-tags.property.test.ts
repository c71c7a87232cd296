import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, canonicalByReference } from '../../../tests/support/canonical-html'

const SIGNS = ['<', '</', '<?', '<!', '>', '>', '/', '=', '"', "'", '&', ';', ' ', '\n', 'a', 'B', '1', 'é', '😀']
const TAGS = ['<x-a>', '</x-a>', '<X-A/>', '<b a=', '<b a="', "<b A='", '<b a>', '</b>', '<br', '<!--', '-->', '<!-->']
const RAW = ['<script>', '</script>', '</script', '<STYLE>', '</style >', '<title>', '</title>', '<xmp>', '</xmp>']
const REFERENCES = '&amp &lt &nbsp &copy &not &notin &eacute &AMP &apos &euro &none &#65 &#x1F600 &#150 &#0 &#x'.split(
  ' ',
)
const soup = fc.string({ unit: fc.constantFrom(...SIGNS, ...TAGS, ...RAW, ...REFERENCES), maxLength: 16 })

/** Where htmlparser2 reads a page otherwise than browsers do, which is how it is read here. */
const DIFFERENCES: readonly (readonly [what: string, pattern: RegExp, html: string, read: string])[] = [
  ['an end tag without a name', /<\/>/, 'a</>b', 'ab'],
  ['a space before the name of an end tag', /<\/\s/, 'a</ b>c', 'ac'],
  ['a slash or a quote in an end tag', /<\/[a-z][^>]*[/"']/i, '<b>a</b c=">">d', '<b>a</b>d'],
  ['a declaration without words', /<!-?>/, '<!>a<!->b', 'ab'],
  ['a name in an attribute that letters follow', /=[^]*&notin/, '<a b="?c&notin">', '<a b="?c&amp;notin">'],
  ['an entity in a title after what begins an end tag', /<title>[^]*<\/?&/, '<title><&lt', '<title>&lt;&lt;'],
  ['the end of a comment with "!"', /--!>/, '<!--a--!>b', 'b'],
  ['CDATA', /<!\[CDATA/, '<![CDATA[a>b]]>c', 'b]]&gt;c'],
  ['a closed tag without content', /<script\/>/, '<script/><b></script>', '<script>&lt;b&gt;</script>'],
  ['an entity in a text field', /<textarea>/, '<textarea>&lt;', '<textarea>&lt;'],
  ['a tag in a frame', /<iframe>/, '<iframe><b></iframe>', '<iframe>&lt;b&gt;</iframe>'],
  ['a page that ends in a declaration', /<[!?][^>]*$/, 'a<!b', 'a'],
  ['NUL', /\0/, 'a\0b', 'ab'],
  ['a carriage return', /\r/, 'a\r\nb\rc', 'a\nb\nc'],
]

describe('the tags and words of a page', () => {
  it("are those of htmlparser2's tokenizer, but for its differences from browsers", () => {
    fc.assert(
      // The quotes end an attribute, and the rest ends a tag or a comment.
      fc.property(
        soup.map((pieces) => `${pieces}'"-->`),
        (html) => {
          fc.pre(!DIFFERENCES.some(([, pattern]) => pattern.test(html)))
          expect(canonical(html)).toBe(canonicalByReference(html))
        },
      ),
      { numRuns: 5_000 },
    )
  })

  it('stay the same once all is quoted, closed and escaped', () => {
    fc.assert(
      fc.property(soup, (html) => {
        const once = canonical(html.replaceAll(/<(?:script|style|title|xmp)/gi, '<b'))
        expect(canonical(once)).toBe(once)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(DIFFERENCES)('differ where there is %s', (_what, pattern, html, read) => {
    expect(html).toMatch(pattern)
    expect(canonical(html)).toBe(read)
    expect(canonicalByReference(html)).not.toBe(read)
  })
})
