import { withoutEntities } from '../entities'
import { enteredLink, IN_ADDRESS, namesItself, safeLink, withoutTrailingPunctuation } from '../link'
import { linkTo, type Link, type Linked } from '../span'
import { CJK, matchAt } from '../text'
import { MOST_OPEN, runAt, spansOf, type Token } from './emphasis'

const ESCAPABLE = '[!-/:-@[-`{-~]'
const ADDRESS = String.raw`(?<![a-z\d])https?:\/\/(?=[\p{L}\p{N}])`
const EMAIL = String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}`
const BARE = String.raw`(?:\\.|[^\s\\()<]|\((?:\\.|[^\s\\()]|\((?:\\.|[^\s\\()]){0,4000}\)){0,4000}\)){0,4000}`
const TITLE = String.raw`"(?:\\.|[^"\\]){0,2000}"|'(?:\\.|[^'\\]){0,2000}'|\((?:\\.|[^()\\]){0,2000}\)`
const DESTINATION = String.raw`\(\s{0,9}(?:<([^<>\n]*)>|(${BARE}))(?:\s{1,9}(?:${TITLE}))?\s{0,9}\)`
const SIGN = new RegExp(
  [
    String.raw`\\(?:${ESCAPABLE}|\n)|\n|<\/?br[ \t]{0,9}\/?>[ \t]*\n?`,
    String.raw`<((?:https?:\/\/|mailto:|tel:)[^\s<>]*|${EMAIL})>`,
    String.raw`&#?[a-z\d]{1,10};|${'`+'}|!?\[|\](?:${DESTINATION})?|\*+|_+|~+|${ADDRESS}`,
  ].join('|'),
  'giu',
)
const ONLY_ADDRESS = new RegExp(ADDRESS, 'giu')
const ESCAPED = new RegExp(String.raw`\\(${ESCAPABLE})`, 'g')
const CODE = /(`{1,32})(?!`)([^]+?)(?<!`)\1(?!`)/y
/** CJK words follow an address without a space, and are also part of one: "/wiki/日本". */
const PART = new RegExp(
  String.raw`\*+|_+|~+|(?:(?![*_~&${CJK}])${IN_ADDRESS}|&(?!(?:lt|gt|quot);)|(?<![a-z\d])[${CJK}]|\\[*_~.-](?=\w)){1,1000}`,
  'iuy',
)

/** Words with their links; a line feed is a line break. What looks like HTML is words. Linear time. */
export const readInlines = (text: string): Linked[] => new InlineReader(text).read(SIGN)

/** Plain words, in which only addresses are links. */
export const readPlain = (text: string): Linked[] => new InlineReader(text).read(ONLY_ADDRESS)

class InlineReader {
  private readonly tokens: Token[] = []
  /** Where in `tokens` the brackets are that a link could still end at. */
  private brackets: { sign: string; place: number }[] = []
  /** The runs that formatting is still open from, which an address ends before. */
  private readonly open = new Set<string>()
  /** The runs of backticks that none like them follows. */
  private readonly unclosed = new Set<string>()

  constructor(private readonly text: string) {}

  read(signs: RegExp): Linked[] {
    let at = 0
    for (let sign = matchAt(signs, this.text, at); sign; sign = matchAt(signs, this.text, at)) {
      this.say(this.text.slice(at, sign.index))
      at = sign.index + this.sign(sign)
    }
    this.say(this.text.slice(at))
    return spansOf(this.tokens)
  }

  private say(text: string, link?: Link): void {
    if (text !== '') this.tokens.push({ text, link })
  }

  /** Reads one sign; gives its length. */
  private sign({ 0: sign, 1: angle, 2: inAngles, 3: bare, index }: RegExpExecArray): number {
    const first = sign.charAt(0)
    if ('*_~'.includes(first)) return this.run(index, sign)
    if (first === '`') return this.code(index, sign)
    if (first === ']') return this.close(sign, inAngles ?? bare)
    if (/^h/i.test(first)) return this.address(index, sign)
    if (angle !== undefined) this.say(angle, linkTo(safeLink(angle.includes(':') ? angle : `mailto:${angle}`)))
    else if (first === '\\') this.say(sign.slice(1))
    else if (first === '&') this.say(withoutEntities(sign))
    else if (!sign.endsWith('[')) this.say('\n')
    else {
      if (this.brackets.push({ sign, place: this.tokens.length }) > MOST_OPEN) this.brackets.shift()
      this.say(sign)
    }
    return sign.length
  }

  private code(index: number, ticks: string): number {
    const [whole, , code] = (!this.unclosed.has(ticks) && matchAt(CODE, this.text, index)) || [ticks]
    if (code === undefined) {
      this.unclosed.add(ticks)
      this.say(ticks)
    } else {
      const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== ''
      this.say((isPadded ? code.slice(1, -1) : code).replaceAll('\n', ' '))
    }
    return whole.length
  }

  private run(index: number, signs: string): number {
    const run = runAt(this.text, index, signs)
    this.tokens.push(run)
    if (!(run.closes && this.open.delete(signs)) && run.opens) this.open.add(signs)
    return signs.length
  }

  /** An address ends before the sentence's punctuation, and before the signs that close formatting around it. */
  private address(start: number, scheme: string): number {
    let end = start + scheme.length
    for (let part = matchAt(PART, this.text, end); part; part = matchAt(PART, this.text, end)) {
      const [signs] = part
      const isOpen = /^[*_~]/.test(signs) && [...this.open].some((opener) => signs.startsWith(opener))
      if (isOpen && runAt(this.text, end, signs).closes) break
      end += signs.length
    }
    const written = withoutTrailingPunctuation(this.text.slice(start, end))
    const words = withoutEntities(written.replace(ESCAPED, '$1'))
    this.say(words, linkTo(safeLink(words)))
    return written.length
  }

  /** A link that leads nowhere safe leaves its words. Where links among the words lead follows them. */
  private close(sign: string, address: string | undefined): number {
    const bracket = this.brackets.pop()
    if (!bracket || address === undefined) {
      this.say(']')
      return 1
    }
    const content = spansOf(this.tokens.splice(bracket.place).slice(1))
    const unescaped = address.replace(ESCAPED, '$1')
    const link = linkTo(enteredLink(withoutEntities(unescaped)))
    const inner = content.flatMap((span) => (span.link && !namesItself(span.text, span.link.url) ? span.link : []))
    if (content.every(({ text }) => text.trim() === '')) this.say(link?.url ?? '', link)
    else for (const span of content) this.tokens.push({ ...span, link: link ?? span.link })
    for (const each of new Set(link && inner)) {
      this.say(' ')
      this.say(each.url, each)
    }
    // A link may hold pictures, and nothing else holds links.
    this.brackets = this.brackets.filter((each) => bracket.sign !== '[' && each.sign === '[')
    return sign.length
  }
}
