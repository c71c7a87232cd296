import { matchAt } from '../../character'
import { enteredLink, namesItself, NOT_IN_ADDRESS, safeLink, withoutTrailingPunctuation } from '../../link'
import { looksLike, PLAIN, type Link, type Span, type Style } from '../../span'
import { Backticks } from './backticks'
import { destinationAt } from './destination'
import { pairRuns, runAt, type Run } from './emphasis'
import { withoutEntities } from './entities'

type Token = Span | Run | { bracket: '[' | '![' }

const SIGN = /[\\\n`<&[\]*_~]|!\[|(?<![a-z\d])https?:\/\/(?=[\p{L}\p{N}])/giu
const AUTOLINK = /<((?:https?:\/\/|mailto:|tel:)[^\s<>]*|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+){1,20})>/iy
const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`
/** CJK words follow an address without a space, and are also part of one: "/wiki/日本". */
const IN_ADDRESS = new RegExp(
  `(?:[^${NOT_IN_ADDRESS}*_~&${CJK}]|&(?!(?:lt|gt|quot);)|(?<![a-z\\d])[${CJK}]){1,1000}`,
  'iuy',
)
/** In pictures within pictures, links would be carried along again and again. */
const MOST_IN_PICTURE = 8

/** Words with their look and links; a line feed is a line break. What looks like HTML is words. Linear time. */
export function readInlines(text: string): Span[] {
  SIGN.lastIndex = 0
  if (SIGN.test(text)) return new InlineReader(text).read()
  return text === '' ? [] : [{ ...PLAIN, text }]
}

class InlineReader {
  private readonly tokens: Token[] = []
  /** Where in `tokens` the brackets are that a link could still end at. */
  private readonly brackets: number[] = []
  /** The lengths of the runs that are not closed yet. */
  private readonly opened: Record<string, number[]> = { '*': [], _: [], '~': [] }
  private backticks: Backticks | undefined

  constructor(private readonly text: string) {}

  read(): Span[] {
    for (let at = 0; at < this.text.length;) {
      SIGN.lastIndex = at
      const found = SIGN.exec(this.text)
      const start = found?.index ?? this.text.length
      const words = this.text.slice(at, start)
      this.words(found?.[0] === '\n' ? words.trimEnd() : words)
      at = found ? this.sign(found[0], start) : start
    }
    return spansOf(this.tokens)
  }

  /** Reads what begins with the sign at `at`; gives where it ends. */
  private sign(sign: string, at: number): number {
    switch (sign) {
      case '\\': {
        const [escaped = '\\'] = matchAt(/\\[!-/:-@[-`{-~]|\\(?=\n)/y, this.text, at) ?? []
        return this.words(this.text.charAt(at + 1) === '\n' ? '' : escaped.slice(-1), at + escaped.length)
      }
      case '\n':
        return this.words('\n', at + (matchAt(/\n[ \t]*/y, this.text, at)?.[0].length ?? 1))
      case '`':
        return this.code(at)
      case '<':
        return this.angle(at)
      case '&': {
        const [entity = '&'] = matchAt(/&#?[a-z\d]{1,10};/iy, this.text, at) ?? []
        return this.words(withoutEntities(entity), at + entity.length)
      }
      case '[':
      case '![':
        this.brackets.push(this.tokens.push({ bracket: sign }) - 1)
        return at + sign.length
      case ']':
        return this.closeBracket(at)
      default:
        return sign.length > 1 ? this.address(at, at + sign.length) : this.run(at)
    }
  }

  private code(at: number): number {
    const [run = ''] = matchAt(/`+/y, this.text, at) ?? []
    const from = at + run.length
    const to = (this.backticks ??= new Backticks(this.text)).closing(run.length, from)
    if (to === undefined) return this.words(run, from)
    const code = this.text.slice(from, to).replaceAll('\n', ' ')
    const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== ''
    this.tokens.push({ ...PLAIN, code: true, text: isPadded ? code.slice(1, -1) : code })
    return to + run.length
  }

  private angle(at: number): number {
    const [lineBreak] = matchAt(/<\/?br[ \t]{0,9}\/?>[ \t]*/iy, this.text, at) ?? []
    if (lineBreak !== undefined) return this.words('\n', at + lineBreak.length)
    const [whole = '', words = ''] = matchAt(AUTOLINK, this.text, at) ?? []
    const url = safeLink(/^(?:https?|mailto|tel):/i.test(words) ? words : `mailto:${words}`)
    return whole === '' || url === undefined ? this.words('<', at + 1) : this.words(words, at + whole.length, { url })
  }

  private run(at: number): number {
    const run = runAt(this.text, at)
    this.tokens.push(run)
    const opened = this.opened[run.sign] ?? []
    let closed = 0
    if (run.closes) while (closed < run.length && opened.length > 0) closed += opened.pop() ?? 0
    if (run.opens && closed === 0) opened.push(run.length)
    return at + run.length
  }

  /** An address ends before the sentence's punctuation, and before the signs that close formatting around it. */
  private address(start: number, afterScheme: number): number {
    let end = afterScheme
    for (let before = start; before !== end;) {
      before = end
      end += matchAt(IN_ADDRESS, this.text, end)?.[0].length ?? 0
      const run = /^[*_~]$/.test(this.text.charAt(end)) ? runAt(this.text, end) : undefined
      // In "/web/*/2024" the sign stands for any name.
      const isName = this.text.charAt(end - 1) + this.text.charAt(end + 1) === '//'
      if (run && (isName || !this.closesFormatting(run))) end += run.length
    }
    const written = withoutTrailingPunctuation(this.text.slice(start, end))
    const words = withoutEntities(written)
    const url = safeLink(words)
    return this.words(words, start + written.length, url === undefined ? undefined : { url })
  }

  /** One sign does not close what two signs opened. */
  private closesFormatting({ sign, length, closes }: Run): boolean {
    const opener = this.opened[sign]?.at(-1)
    return closes && opener !== undefined && (length > 1 || opener % 2 === 1)
  }

  private closeBracket(at: number): number {
    const place = this.brackets.pop()
    const destination = place === undefined ? undefined : destinationAt(this.text, at + 1)
    if (place === undefined || !destination) return this.words(']', at + 1)
    const [opening, ...inside] = this.tokens.splice(place)
    const url = enteredLink(withoutEntities(destination.address))
    this.link(spansOf(inside), url, opening !== undefined && 'bracket' in opening && opening.bracket === '![')
    return destination.end
  }

  /** A link that leads nowhere safe leaves its words. Where links among the words lead follows them. */
  private link(content: readonly Span[], url: string | undefined, isPicture: boolean): void {
    const link = url === undefined ? undefined : { url }
    const inside = new Set(
      content.flatMap(({ text, link: inner }) => (inner && !namesItself(text, inner.url) ? inner : [])),
    )
    const own = isPicture ? [{ ...PLAIN, text: wordsOf(content.filter((span) => !span.link)).trim() }] : content
    if (wordsOf(own).trim() === '') this.words(url ?? '', 0, link)
    else for (const span of own) this.tokens.push({ ...span, link: link ?? span.link })
    if (!isPicture) this.brackets.length = 0
    for (const each of link || isPicture ? [...inside].slice(0, isPicture ? MOST_IN_PICTURE : undefined) : []) {
      this.words(' ')
      this.words(each.url, 0, each)
    }
  }

  private words(text: string, end = 0, link?: Link): number {
    const last = this.tokens.at(-1)
    if (last && 'text' in last && !last.code && !last.link && !link) last.text += text
    else if (text !== '') this.tokens.push({ bold: false, italic: false, strike: false, code: false, link, text })
    return end
  }
}

const wordsOf = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('')

const isRun = (token: Token): token is Run => 'left' in token

/** The words without the signs that format them. */
function spansOf(tokens: readonly Token[]): Span[] {
  pairRuns(tokens.filter(isRun))
  const depth = { bold: 0, italic: 0, strike: 0 }
  const spans: Span[] = []
  const add = (text: string, look: Style) => {
    const bold = look.bold || depth.bold > 0
    const italic = look.italic || depth.italic > 0
    const strike = look.strike || depth.strike > 0
    const style = bold || italic || strike ? { ...look, bold, italic, strike } : look
    const last = spans.at(-1)
    if (last && looksLike(last, style)) last.text += text
    else if (text !== '') spans.push({ ...style, text })
  }
  for (const token of tokens) {
    if ('bracket' in token) add(token.bracket, PLAIN)
    else if (!isRun(token)) add(token.text, token)
    else {
      for (const mark of token.ends ?? []) depth[mark]--
      if (token.left > 0) add(token.sign.repeat(token.left), PLAIN)
      for (const mark of token.begins ?? []) depth[mark]++
    }
  }
  return spans
}
