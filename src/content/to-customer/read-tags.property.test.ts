import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, canonicalByReference, DIFFERENCES, isReadOtherwise } from '../../../tests/support/canonical-html'

const SIGNS = ['<', '</', '<?', '<!', '>', '>', '/', '=', '"', "'", '&', ';', ' ', '\n', 'a', 'B', '1', 'é', '😀']
const TAGS = ['<x-a>', '</x-a>', '<X-A/>', '<b a=', '<b a="', "<b A='", '<b a>', '</b>', '<br', '<!--', '-->', '<!-->']
const RAW = ['<script>', '</script>', '</script', '<STYLE>', '</style >', '<title>', '</title>', '<xmp>', '</xmp>']
const REFERENCES = '&amp &lt &nbsp &copy &not &notin &eacute &AMP &apos &euro &none &#65 &#x1F600 &#150 &#0 &#x'.split(
  ' ',
)
const soup = fc.string({ unit: fc.constantFrom(...SIGNS, ...TAGS, ...RAW, ...REFERENCES), maxLength: 16 })

describe('the tags and words of a page', () => {
  it("are those of htmlparser2's tokenizer, but for its differences from browsers", () => {
    fc.assert(
      // The quotes end an attribute, and the rest ends a tag or a comment.
      fc.property(
        soup.map((pieces) => `${pieces}'"-->`),
        (html) => {
          fc.pre(!isReadOtherwise(html))
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
