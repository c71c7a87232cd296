import { characterAfter, characterBefore, isCjk, isPunctuation, isSpace, matchAt } from '../character'
import { enteredLink, namesItself, NOT_IN_ADDRESS, safeLink, withoutTrailingPunctuation } from '../link'
import { looksLike, PLAIN, type Link, type Span } from '../span'
import { withoutEntities } from './entities'

const MARKS = ['bold', 'italic', 'strike'] as const
/** A run of `*`, `_` or `~`: `left` of its signs are words. The others begin (1) and end (-1) what they format. */
type Run = { signs: string; left: number; opens: boolean; closes: boolean } & Record<Mark, number>
type Mark = (typeof MARKS)[number]
type Token = Span | Run

/** Only so many open signs and brackets are remembered, so that none is looked for far and wide. */
const MOST_OPEN = 32

const ESCAPABLE = '[!-/:-@[-`{-~]'
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
const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`
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
      case '<': {
        const url = safeLink(angle?.includes(':') ? angle : `mailto:${angle}`)
        if (angle === undefined) this.say('\n')
        else this.say(url === undefined ? sign : angle, url === undefined ? undefined : { url })
        break
      }
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
        this.run(runAt(this.text, index, sign))
        break
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

  private run(run: Run): void {
    this.tokens.push(run)
    if (!(run.closes && this.open.delete(run.signs)) && run.opens) this.open.add(run.signs)
  }

  /** An address ends before the sentence's punctuation, and before the signs that close formatting around it. */
  private address(start: number, afterScheme: number): number {
    let end = afterScheme
    for (let part = matchAt(IN_ADDRESS, this.text, end); part; part = matchAt(IN_ADDRESS, this.text, end)) {
      if (/^[*_~]/.test(part[0]) && this.closesFormatting(runAt(this.text, end, part[0]))) break
      end += part[0].length
    }
    const written = withoutTrailingPunctuation(this.text.slice(start, end))
    const words = withoutEntities(written)
    const url = safeLink(words)
    this.say(words, url === undefined ? undefined : { url })
    return start + written.length
  }

  private closesFormatting({ signs, closes }: Run): boolean {
    return closes && [...this.open].some((opener) => signs.startsWith(opener))
  }

  /** A link that leads nowhere safe leaves its words. Where links among the words lead follows them. */
  private close(index: number, sign: string, address: string | undefined): number {
    const bracket = this.brackets.pop()
    if (!bracket || address === undefined) {
      this.say(']')
      return index + 1
    }
    const content = spansOf(this.tokens.splice(bracket.place).slice(1))
    const unescaped = address.replace(/\\([!-/:-@[-`{-~])/g, '$1')
    const url = enteredLink(withoutEntities(unescaped))
    const link = url === undefined ? undefined : { url }
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

/** Left- and right-flanking as CommonMark has it, but for sums and CJK text. */
function runAt(text: string, at: number, signs: string): Run {
  const before = characterBefore(text, at)
  const after = characterAfter(text, at + signs.length)
  // "2*3*4" is a product, "~5" an estimate.
  const isWords = (signs.startsWith('~') && signs.length !== 2) || /^\d{2}$/.test(before + after)
  const isLeft = !isWords && flanks(after, before)
  const isRight = !isWords && flanks(before, after)
  const isWord = signs.startsWith('_')
  const opens = isLeft && (!isWord || !isRight || isPunctuation(before))
  const closes = isRight && (!isWord || !isLeft || isPunctuation(after))
  return { signs, left: signs.length, opens, closes, bold: 0, italic: 0, strike: 0 }
}

/** CJK text has no spaces that would keep formatting from its punctuation. */
const flanks = (inside: string, outside: string): boolean =>
  !isSpace(inside) && (!isPunctuation(inside) || isSpace(outside) || isPunctuation(outside) || isCjk(outside))

/** Pairs the runs of one stretch of words, the nearest first. */
function pairRuns(runs: readonly Run[]): void {
  const open: Run[] = []
  for (const run of runs) {
    for (let place = open.length - 1; run.closes && run.left > 0 && place >= 0; place--) {
      const opener = open[place]
      if (!opener || !fit(opener, run)) continue
      const used = Math.min(opener.left, run.left)
      for (const [end, step] of [[opener, 1] as const, [run, -1] as const]) {
        end.left -= used
        if (run.signs.startsWith('~')) end.strike += step
        else {
          if (used > 1) end.bold += step
          if (used % 2 === 1) end.italic += step
        }
      }
      // Openers after the matched one can no longer match anything.
      open.length = opener.left > 0 ? place + 1 : place
      place = open.length
    }
    if (run.opens && run.left > 0 && open.push(run) > MOST_OPEN) open.shift()
  }
}

/** CommonMark's "multiple of 3" rule keeps `*a**b*` one emphasis. */
function fit(opener: Run, closer: Run): boolean {
  if (opener.signs.charAt(0) !== closer.signs.charAt(0)) return false
  const isAmbiguous = opener.closes || closer.opens
  return !isAmbiguous || (opener.signs.length + closer.signs.length) % 3 !== 0 || opener.signs.length % 3 === 0
}

const isRun = (token: Token): token is Run => 'left' in token

/** The words without the signs that format them. */
function spansOf(tokens: readonly Token[]): Span[] {
  pairRuns(tokens.filter(isRun))
  const depth = { bold: 0, italic: 0, strike: 0 }
  const spans: Span[] = []
  for (const token of tokens) {
    const look = isRun(token) ? { ...PLAIN, text: token.signs.slice(0, token.left) } : token
    if (isRun(token)) for (const mark of MARKS) depth[mark] += token[mark]
    for (const mark of MARKS) look[mark] ||= depth[mark] > 0
    const last = spans.at(-1)
    if (last && looksLike(last, look)) last.text += look.text
    else if (look.text !== '') spans.push(look)
  }
  return spans
}
