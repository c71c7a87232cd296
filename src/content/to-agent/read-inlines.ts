import { CJK, matchAt } from '../character'
import { withoutEntities } from '../entities'
import { enteredLink, namesItself, NOT_IN_ADDRESS, safeLink, withoutTrailingPunctuation } from '../link'
import { PLAIN, type Link, type Span } from '../span'
import { MOST_OPEN, runAt, spansOf, type Token } from './emphasis'

const ESCAPABLE = '[!-/:-@[-`{-~]'
const ESCAPED = new RegExp(String.raw`\\(${ESCAPABLE})`, 'g')
const ADDRESS = String.raw`(?<![a-z\d])https?:\/\/(?=[\p{L}\p{N}])`
const EMAIL = String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}`
const BARE = String.raw`(?:\\.|[^\s\\()<]|\((?:\\.|[^\s\\()]|\((?:\\.|[^\s\\()]){0,4000}\)){0,4000}\)){0,4000}`
const TITLE = String.raw`"(?:\\.|[^"\\]){0,2000}"|'(?:\\.|[^'\\]){0,2000}'|\((?:\\.|[^()\\]){0,2000}\)`
const DESTINATION = String.raw`\(\s{0,9}(?:<([^<>\n]*)>|(${BARE}))(?:\s{1,9}(?:${TITLE}))?\s{0,9}\)`
const SIGN = new RegExp(
  [
    String.raw`\\(?:${ESCAPABLE}|\n)|\n|<\/?br[ \t]{0,9}\/?>[ \t]*`,
    String.raw`<((?:https?:\/\/|mailto:|tel:)[^\s<>]*|${EMAIL})>`,
    String.raw`&#?[a-z\d]{1,10};|${'`+'}|!?\[|\](?:${DESTINATION})?|\*+|_+|~+|${ADDRESS}`,
  ].join('|'),
  'giu',
)
const CODE = /(`{1,32})(?!`)([^]+?)(?<!`)\1(?!`)/y
/** CJK words follow an address without a space, and are also part of one: "/wiki/日本". */
const IN_ADDRESS = new RegExp(
  String.raw`\*+|_+|~+|(?:[^${NOT_IN_ADDRESS}*_~&${CJK}]|&(?!(?:lt|gt|quot);)|(?<![a-z\d])[${CJK}]){1,1000}`,
  'iuy',
)

/** Words with their look and links; a line feed is a line break. What looks like HTML is words. Linear time. */
export const readInlines = (text: string): Span[] =>
  text.search(SIGN) < 0 ? [{ ...PLAIN, text }] : new InlineReader(text, SIGN).read()

/** Plain words, in which only addresses are links. */
export const readPlain = (text: string): Span[] => new InlineReader(text, new RegExp(ADDRESS, 'giu')).read()

class InlineReader {
  private readonly tokens: Token[] = []
  /** Where in `tokens` the brackets are that a link could still end at. */
  private brackets: { sign: string; place: number }[] = []
  /** The runs that formatting is still open from, which an address ends before. */
  private readonly open = new Set<string>()
  /** The runs of backticks that none like them follows. */
  private readonly unclosed = new Set<string>()

  constructor(
    private readonly text: string,
    private readonly signs: RegExp,
  ) {}

  read(): Span[] {
    let at = 0
    this.signs.lastIndex = 0
    for (let found = this.signs.exec(this.text); found; found = this.signs.exec(this.text)) {
      this.say(this.text.slice(at, found.index))
      at = this.sign(found)
      this.signs.lastIndex = at
    }
    this.say(this.text.slice(at))
    return spansOf(this.tokens)
  }

  private say(text: string, link?: Link, code = false): void {
    if (text !== '') this.tokens.push({ bold: false, italic: false, strike: false, code, link, text })
  }

  /** Reads one sign; gives where it ends. */
  private sign({ 0: sign, 1: angle, 2: inAngles, 3: bare, index }: RegExpExecArray): number {
    switch (sign.charAt(0)) {
      case '\\':
        this.say(sign.slice(1))
        break
      case '&':
        this.say(withoutEntities(sign))
        break
      case '\n':
      case '<':
        if (angle === undefined) this.say('\n')
        else this.say(angle, linkTo(safeLink(angle.includes(':') ? angle : `mailto:${angle}`)))
        break
      case '!':
      case '[':
        if (this.brackets.push({ sign, place: this.tokens.length }) > MOST_OPEN) this.brackets.shift()
        this.say(sign)
        break
      case ']':
        return this.close(index, sign, inAngles ?? bare)
      case '`':
        return this.code(index, sign)
      case '*':
      case '_':
      case '~':
        return this.run(index, sign)
      default:
        return this.address(index, index + sign.length)
    }
    return index + sign.length
  }

  private code(index: number, ticks: string): number {
    const [whole = ticks, , code] = (!this.unclosed.has(ticks) && matchAt(CODE, this.text, index)) || []
    if (code === undefined) {
      this.unclosed.add(ticks)
      this.say(ticks)
    } else {
      const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== ''
      this.say((isPadded ? code.slice(1, -1) : code).replaceAll('\n', ' '), undefined, true)
    }
    return index + whole.length
  }

  private run(index: number, signs: string): number {
    const run = runAt(this.text, index, signs)
    this.tokens.push(run)
    if (!(run.closes && this.open.delete(signs)) && run.opens) this.open.add(signs)
    return index + signs.length
  }

  /** An address ends before the sentence's punctuation, and before the signs that close formatting around it. */
  private address(start: number, afterScheme: number): number {
    let end = afterScheme
    for (let part = matchAt(IN_ADDRESS, this.text, end); part; part = matchAt(IN_ADDRESS, this.text, end)) {
      const [signs] = part
      const isOpen = /^[*_~]/.test(signs) && [...this.open].some((opener) => signs.startsWith(opener))
      if (isOpen && runAt(this.text, end, signs).closes) break
      end += signs.length
    }
    const written = withoutTrailingPunctuation(this.text.slice(start, end))
    const words = withoutEntities(written)
    this.say(words, linkTo(safeLink(words)))
    return start + written.length
  }

  /** A link that leads nowhere safe leaves its words. Where links among the words lead follows them. */
  private close(index: number, sign: string, address: string | undefined): number {
    const bracket = this.brackets.pop()
    if (!bracket || address === undefined) {
      this.say(']')
      return index + 1
    }
    const content = spansOf(this.tokens.splice(bracket.place).slice(1))
    const unescaped = address.replace(ESCAPED, '$1')
    const url = enteredLink(withoutEntities(unescaped))
    const link = linkTo(url)
    if (content.every(({ text }) => text.trim() === '')) this.say(url ?? '', link)
    else for (const span of content) this.tokens.push({ ...span, link: link ?? span.link })
    const inner = content.flatMap((span) => (span.link && !namesItself(span.text, span.link.url) ? span.link : []))
    for (const each of new Set(link && inner)) {
      this.say(' ')
      this.say(each.url, each)
    }
    // A link may hold pictures, and nothing else holds links.
    this.brackets = this.brackets.filter((each) => bracket.sign !== '[' && each.sign === '[')
    return index + sign.length
  }
}

const linkTo = (url: string | undefined): Link | undefined => (url === undefined ? undefined : { url })
