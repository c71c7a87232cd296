/** The oldest names, which HTML reads without a semicolon too, each before its character. */
const OLD =
  'nbsp\u00a0 iexcl¡ cent¢ pound£ curren¤ yen¥ brvbar¦ sect§ uml¨ copy© ordfª laquo« not¬ shy\u00ad reg® macr¯ deg° plusmn± sup2² sup3³ acute´ microµ para¶ middot· cedil¸ sup1¹ ordmº raquo» frac14¼ frac12½ frac34¾ iquest¿ AEligÆ ETHÐ times× OslashØ THORNÞ szligß aeligæ ethð divide÷ oslashø thornþ AMP& LT< GT> QUOT" COPY© REG® amp& lt< gt> quot"'
const OTHERS = [
  'Tab\t NewLine\n excl! num# dollar$ percnt% apos\u0027 lpar( rpar) ast* plus+ comma, period. sol/ colon: semi; equals= quest? commat@ lsqb[ bsol\\ rsqb] Hat^ lowbar_ grave` lcub{ verbar| rcub}',
  'CdotĊ cdotċ DstrokĐ dstrokđ EdotĖ edotė GdotĠ gdotġ HstrokĦ hstrokħ Idotİ imathı IJligĲ ijligĳ kgreenĸ LmidotĿ lmidotŀ LstrokŁ lstrokł naposŉ ENGŊ engŋ OEligŒ oeligœ TstrokŦ tstrokŧ ZdotŻ zdotż',
  'AlphaΑ BetaΒ GammaΓ DeltaΔ EpsilonΕ ZetaΖ EtaΗ ThetaΘ IotaΙ KappaΚ LambdaΛ MuΜ NuΝ XiΞ OmicronΟ PiΠ RhoΡ SigmaΣ TauΤ UpsilonΥ PhiΦ ChiΧ PsiΨ OmegaΩ alphaα betaβ gammaγ deltaδ epsilonε zetaζ etaη thetaθ iotaι kappaκ lambdaλ muμ nuν xiξ omicronο piπ rhoρ sigmafς sigmaσ tauτ upsilonυ phiφ chiχ psiψ omegaω',
  'ZeroWidthSpace\u200b fnofƒ circˆ tilde˜ thetasymϑ upsihϒ pivϖ ensp\u2002 emsp\u2003 thinsp\u2009 zwnj\u200c zwj\u200d lrm\u200e rlm\u200f ndash– mdash— lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ dagger† Dagger‡ bull• hellip… permil‰ prime′ Prime″ lsaquo‹ rsaquo› oline‾ frasl⁄ euro€ imageℑ weierp℘ realℜ trade™ alefsymℵ larr← uarr↑ rarr→ darr↓ harr↔ crarr↵ lArr⇐ uArr⇑ rArr⇒ dArr⇓ hArr⇔ forall∀ part∂ exist∃ empty∅ nabla∇ isin∈ notin∉ ni∋ prod∏ sum∑ minus− lowast∗ radic√ prop∝ infin∞ ang∠ and∧ or∨ cap∩ cup∪ int∫ there4∴ sim∼ cong≅ asymp≈ ne≠ equiv≡ le≤ ge≥ sub⊂ sup⊃ nsub⊄ sube⊆ supe⊇ oplus⊕ otimes⊗ perp⊥ sdot⋅ lceil⌈ rceil⌉ lfloor⌊ rfloor⌋ loz◊ spades♠ clubs♣ hearts♥ diams♦ lang⟨ rang⟩ check✓ cross✗ star☆ starf★ phone☎ female♀ male♂ numero№',
  // Hardly written, but they would be read as an old name and letters: "&parallel;" as "¶llel;".
  'centerdot· copysr℗ divideontimes⋇ gtcc⪧ gtcir⩺ gtdot⋗ gtlPar⦕ gtquest⩼ gtrapprox⪆ gtrarr⥸ gtrdot⋗ gtreqless⋛ gtreqqless⪌ gtrless≷ gtrsim≳ ltcc⪦ ltcir⩹ ltdot⋖ lthree⋋ ltimes⋉ ltlarr⥶ ltquest⩻ ltrPar⦖ ltri◃ ltrie⊴ ltrif◂ notinE⋹\u0338 notindot⋵\u0338 notinva∉ notinvb⋷ notinvc⋶ notni∌ notniva∌ notnivb⋾ notnivc⋽ parallel∥ timesb⊠ timesbar⨱ timesd⨰',
]
const LETTERS = 'ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz'
const ACCENTS =
  'grave\u0300 acute\u0301 circ\u0302 tilde\u0303 macr\u0304 breve\u0306 uml\u0308 ring\u030a dblac\u030b caron\u030c cedil\u0327 ogon\u0328'
/** "eacute" is a letter with an accent. What Unicode has no character of its own for keeps the mark, and has no name. */
const ACCENTED = ACCENTS.split(' ')
  .flatMap((accent) =>
    Array.from(LETTERS, (letter) => letter + accent.slice(0, -1) + (letter + accent.slice(-1)).normalize('NFC')),
  )
  .filter((entry) => !/\p{M}$/u.test(entry))
const NAMES: ReadonlyMap<string, string> = new Map(
  [...ACCENTED, OLD, ...OTHERS].flatMap((list) =>
    list.split(' ').map((entry): [string, string] => {
      const end = entry.search(/[^a-z\d]/i)
      return [entry.slice(0, end), entry.slice(end)]
    }),
  ),
)
const OLD_NAME = new RegExp(
  `^(?:${OLD.replaceAll(/[^a-z\d ]/gi, '').replaceAll(' ', '|')}|[AEIOUaeiou](?:grave|acute|circ|uml)|[ANOano]tilde|[Aa]ring|[Cc]cedil|[Yy]acute|yuml)`,
)
/** What pages written on Windows mean by the codes 128 to 159. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const IN_MARKDOWN = /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]*);/gi
const IN_HTML = /&(#\d+|#x[\da-f]+|[a-z][a-z\d]*)(;?)(?=(=?))/gi

/** A bot's words, in which only what ends with a semicolon is an entity. */
export const withoutEntities = (text: string): string =>
  text.replace(IN_MARKDOWN, (entity: string, name: string) => characterOf(name) ?? entity)

/** Words or an attribute as a browser reads them. A name that is not in the table is left as it is written. */
export function decodeHtml(html: string, isAttribute = false): string {
  return html.replace(IN_HTML, (entity: string, name: string, end: string, equals: string) => {
    const known = end === ';' || name.startsWith('#') ? characterOf(name) : undefined
    if (known !== undefined) return known
    const old = OLD_NAME.exec(name)?.[0] ?? ''
    // "?a=1&copy=2" is an address.
    if (isAttribute && (old !== name || equals !== '')) return entity
    return (NAMES.get(old) ?? '&') + name.slice(old.length) + end
  })
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMES.get(name)
  const code = Number(name.replace('#', '0'))
  if (code >= 0x80 && code <= 0x9f) return WINDOWS_1252.charAt(code - 0x80)
  const exists = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
  return exists ? String.fromCodePoint(code) : '\ufffd'
}
