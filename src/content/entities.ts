/** The oldest names, which HTML reads without a semicolon too: from the no-break space on, in order of the characters. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
/** Other names in such an order, each list from its first character on; a dash is a character without a name. */
const LISTS: readonly (readonly [first: string, names: string])[] = [
  ['\t', 'Tab NewLine'],
  ['!', 'excl quot num dollar percnt amp apos lpar rpar ast plus comma - period sol'],
  [':', 'colon semi lt equals gt quest commat'],
  ['[', 'lsqb bsol rsqb Hat lowbar grave'],
  ['{', 'lcub verbar rcub'],
  ['\u00a0', LATIN],
  [
    'Ā',
    'Amacr amacr Abreve abreve Aogon aogon Cacute cacute Ccirc ccirc Cdot cdot Ccaron ccaron Dcaron dcaron Dstrok dstrok Emacr emacr - - Edot edot Eogon eogon Ecaron ecaron Gcirc gcirc Gbreve gbreve Gdot gdot Gcedil - Hcirc hcirc Hstrok hstrok Itilde itilde Imacr imacr - - Iogon iogon Idot imath IJlig ijlig Jcirc jcirc Kcedil kcedil kgreen Lacute lacute Lcedil lcedil Lcaron lcaron Lmidot lmidot Lstrok lstrok Nacute nacute Ncedil ncedil Ncaron ncaron napos ENG eng Omacr omacr - - Odblac odblac OElig oelig Racute racute Rcedil rcedil Rcaron rcaron Sacute sacute Scirc scirc Scedil scedil Scaron scaron Tcedil tcedil Tcaron tcaron Tstrok tstrok Utilde utilde Umacr umacr Ubreve ubreve Uring uring Udblac udblac Uogon uogon Wcirc wcirc Ycirc ycirc Yuml Zacute zacute Zdot zdot Zcaron zcaron',
  ],
  [
    'Α',
    'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega',
  ],
  [
    'α',
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega',
  ],
]
const SIGNS =
  'AMP& LT< GT> QUOT" COPY© REG® ZeroWidthSpace\u200b fnofƒ circˆ tilde˜ thetasymϑ upsihϒ pivϖ ensp\u2002 emsp\u2003 thinsp\u2009 zwnj\u200c zwj\u200d lrm\u200e rlm\u200f ndash– mdash— lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ dagger† Dagger‡ bull• hellip… permil‰ prime′ Prime″ lsaquo‹ rsaquo› oline‾ frasl⁄ euro€ imageℑ weierp℘ realℜ trade™ alefsymℵ larr← uarr↑ rarr→ darr↓ harr↔ crarr↵ lArr⇐ uArr⇑ rArr⇒ dArr⇓ hArr⇔ forall∀ part∂ exist∃ empty∅ nabla∇ isin∈ notin∉ ni∋ prod∏ sum∑ minus− lowast∗ radic√ prop∝ infin∞ ang∠ and∧ or∨ cap∩ cup∪ int∫ there4∴ sim∼ cong≅ asymp≈ ne≠ equiv≡ le≤ ge≥ sub⊂ sup⊃ nsub⊄ sube⊆ supe⊇ oplus⊕ otimes⊗ perp⊥ sdot⋅ lceil⌈ rceil⌉ lfloor⌊ rfloor⌋ loz◊ spades♠ clubs♣ hearts♥ diams♦ lang⟨ rang⟩ check✓ cross✗ star☆ starf★ phone☎ female♀ male♂ numero№'
/** Hardly written, but they would be read as an old name and letters: "&parallel;" as "¶llel;". */
const LONGER =
  'centerdot· copysr℗ divideontimes⋇ gtcc⪧ gtcir⩺ gtdot⋗ gtlPar⦕ gtquest⩼ gtrapprox⪆ gtrarr⥸ gtrdot⋗ gtreqless⋛ gtreqqless⪌ gtrless≷ gtrsim≳ ltcc⪦ ltcir⩹ ltdot⋖ lthree⋋ ltimes⋉ ltlarr⥶ ltquest⩻ ltrPar⦖ ltri◃ ltrie⊴ ltrif◂ notinE⋹\u0338 notindot⋵\u0338 notinva∉ notinvb⋷ notinvc⋶ notni∌ notniva∌ notnivb⋾ notnivc⋽ parallel∥ timesb⊠ timesbar⨱ timesd⨰'

const NAMES: ReadonlyMap<string, string> = new Map([
  ...LISTS.flatMap(([first, names]) =>
    names.split(' ').map((name, index) => [name, String.fromCharCode(first.charCodeAt(0) + index)] as const),
  ),
  ...`${SIGNS} ${LONGER}`.split(' ').map((entry) => {
    const end = entry.search(/[^a-z\d]/i)
    return [entry.slice(0, end), entry.slice(end)] as const
  }),
])
const OLD = new RegExp(`^(?:${LATIN.replaceAll(' ', '|')}|amp|lt|gt|quot|AMP|LT|GT|QUOT|COPY|REG)`)
/** What pages written on Windows mean by the codes 128 to 159. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const IN_MARKDOWN = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]*));/gi
const IN_HTML = /&(?:#(\d+)|#x([\da-f]+)|([a-z][a-z\d]*))(;?)(?=(=?))/gi

/** A bot's words, in which only what ends with a semicolon is an entity. */
export const withoutEntities = (text: string): string =>
  text.replace(IN_MARKDOWN, (entity: string, decimal?: string, hexadecimal?: string, name?: string) =>
    name === undefined ? characterOf(decimal, hexadecimal) : (NAMES.get(name) ?? entity),
  )

/** Words or an attribute as a browser reads them. A name that is not in the table is left as it is written. */
export function decodeHtml(html: string, isAttribute = false): string {
  return html.replace(
    IN_HTML,
    (entity: string, decimal?: string, hexadecimal?: string, name?: string, end = '', equals = '') => {
      if (name === undefined) return characterOf(decimal, hexadecimal)
      const known = end === ';' ? NAMES.get(name) : undefined
      if (known !== undefined) return known
      const old = OLD.exec(name)?.[0] ?? ''
      // "?a=1&copy=2" is an address.
      if (isAttribute && (old !== name || equals !== '')) return entity
      return (NAMES.get(old) ?? '&') + name.slice(old.length) + end
    },
  )
}

function characterOf(decimal: string | undefined, hexadecimal = ''): string {
  const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal)
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252.charAt(code - 0x80)
  const exists = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
  return exists ? String.fromCodePoint(code) : '\ufffd'
}
