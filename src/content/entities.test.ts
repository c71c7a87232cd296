import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, canonicalByReference } from '../../tests/support/canonical-html'
import { withoutEntities } from './entities'

/** https://html.spec.whatwg.org/multipage/named-characters.html: the names that need no semicolon. */
const OLD =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml amp lt gt quot AMP LT GT QUOT COPY REG'.split(
    ' ',
  )
/** The other names of HTML 4. */
const HTML_4 =
  'alefsym Alpha alpha and ang asymp bdquo Beta beta bull cap Chi chi circ clubs cong crarr cup Dagger dagger dArr darr Delta delta diams empty emsp ensp Epsilon epsilon equiv Eta eta euro exist fnof forall frasl Gamma gamma ge hArr harr hearts hellip image infin int Iota iota isin Kappa kappa Lambda lambda lang lArr larr lceil ldquo le lfloor lowast loz lrm lsaquo lsquo mdash minus Mu mu nabla ndash ne ni notin nsub Nu nu OElig oelig oline Omega omega Omicron omicron oplus or otimes part permil perp Phi phi Pi pi piv Prime prime prod prop Psi psi radic rang rArr rarr rceil rdquo real rfloor Rho rho rlm rsaquo rsquo sbquo Scaron scaron sdot Sigma sigma sigmaf sim spades sub sube sum sup supe Tau tau there4 Theta theta thetasym thinsp tilde trade uArr uarr upsih Upsilon upsilon weierp Xi xi Yuml Zeta zeta zwj zwnj'.split(
    ' ',
  )
const SOME_OTHERS =
  'Tab NewLine excl num dollar percnt apos lpar rpar ast plus comma period sol colon semi equals quest commat lsqb bsol rsqb Hat lowbar grave lcub verbar rcub ZeroWidthSpace check cross star starf phone female male numero Aogon Ccaron ecaron gbreve Idot imath lstrok nacute odblac rcaron Scedil uring Zdot zcaron'.split(
    ' ',
  )
/** All other names that begin with one of the old ones. */
const LONGER =
  'centerdot copysr divideontimes gtcc gtcir gtdot gtlPar gtquest gtrapprox gtrarr gtrdot gtreqless gtreqqless gtrless gtrsim ltcc ltcir ltdot lthree ltimes ltlarr ltquest ltrPar ltri ltrie ltrif notinE notindot notinva notinvb notinvc notni notniva notnivb notnivc parallel timesb timesbar timesd'.split(
    ' ',
  )

const differs = (html: string): boolean => canonical(html) !== canonicalByReference(html)

describe('the names of characters', () => {
  it.each([
    ['that need no semicolon', OLD],
    ['of HTML 4', HTML_4],
    ['that editors write', SOME_OTHERS],
    ['that begin with an old one', LONGER],
  ])('%s are all known', (_which, names) => {
    const isWritten = (name: string) => canonical(`&${name};`).startsWith(name === 'amp' ? '&amp;amp' : `&amp;${name}`)
    expect(names.filter((name) => isWritten(name) || differs(`&${name};<a b="&${name};">`))).toEqual([])
  })

  it.each([
    ['by themselves', (name: string) => `&${name} &${name}<b>&${name}`],
    ['before letters and signs', (name: string) => `&${name}Q&${name}=&${name}1&${name}é`],
    ['in attributes', (name: string) => `<a b="&${name}" c="&${name}=" d="&${name}1" e=&${name}>`],
  ])('need no semicolon if they are old, %s', (_where, html) => {
    expect(OLD.filter((name) => differs(html(name)))).toEqual([])
  })

  it('need their semicolon otherwise', () => {
    expect([...HTML_4, ...LONGER].filter((name) => differs(`&${name} a`))).toEqual([])
  })

  it('are read as by htmlparser2 in any company', () => {
    const names = ['amp', 'copy', 'not', 'notin', 'frac14', 'eacute', 'euro', 'Alpha', 'AMP']
    const piece = fc.constantFrom(...names, '&', '&', ';', '=', ' ', '#', 'x', '6', 'F')
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 12 }), (text) => {
        expect(canonical(text)).toBe(canonicalByReference(text))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe("a bot's words", () => {
  it.each([
    ['&amp;&lt;&eacute;&Alpha;&hellip;', '&<éΑ…'],
    ['&amp &copy2 &none; &;', '&amp &copy2 &none; &;'],
    ['&#65;&#x42;&#150;&#0;&#xd800;', 'AB–\ufffd\ufffd'],
    ['&#65 &#12345678; &#x1234567;', '&#65 &#12345678; &#x1234567;'],
    ['&amp;lt;', '&lt;'],
    ['&eacute;&ccaron;&Odblac;&kring;&KringK;', 'éčŐ&kring;&KringK;'],
  ])('%j show %j', (text, shown) => expect(withoutEntities(text)).toBe(shown))
})
