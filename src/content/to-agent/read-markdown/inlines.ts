import { BARE_ADDRESS, safeLink, withoutTrailingPunctuation } from '../../link'
import { codeSpans } from './code-spans'
import { runAt, type DelimiterRun } from './emphasis'
import { entityAt, withoutEntities } from './entities'
import { matchAt } from '../../character'
import { destinationAt } from './destination'
import { inlinesOf, wordsOf, type Inline, type Token } from './tokens'

const PLAIN = /(?:[^\\`<*_~&\n![\]h]|h(?!ttps?:\/\/)){1,1000}/iy
const ADDRESS = new RegExp(BARE_ADDRESS, 'iy')
const AUTOLINK = /<((?:https?:\/\/|mailto:|tel:)[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+){1,20})>/iy

/** Words with their formatting dropped, breaks and links. What looks like HTML is words. Linear time. */
export function readInlines(text: string): Inline[] {
  const reader = new InlineReader(text)
  while (reader.at < text.length) reader.step()
  return inlinesOf(reader.tokens)
}

class InlineReader {
  at = 0
  readonly tokens: Token[] = []
  /** Where in `tokens` the brackets are that a link could still end at. */
  private brackets: number[] = []
  private readonly codes: ReturnType<typeof codeSpans>

  constructor(private readonly text: string) {
    this.codes = codeSpans(text)
  }

  step(): void {
    const character = this.text.charAt(this.at)
    if (character === '\\') this.backslash()
    else if (character === '`') this.code()
    else if (character === '<') this.autolink()
    else if (character === '&') this.entity()
    else if (character === '\n') this.lineBreak(1)
    else if (character === '[' || this.text.startsWith('![', this.at)) this.openBracket(character === '!')
    else if (character === ']') this.closeBracket()
    else if ('*_~'.includes(character)) this.run()
    else this.plain()
  }

  private backslash(): void {
    const next = this.text.charAt(this.at + 1)
    if (next === '\n') this.lineBreak(2)
    else if (/^[!-/:-@[-`{-~]$/.test(next)) this.words(next, 2)
    else this.words('\\', 1)
  }

  private code(): void {
    const span = this.codes.get(this.at)
    if (span) this.words(span.code, span.end - this.at)
    else this.words(matchAt(/`+/y, this.text, this.at)?.[0] ?? '')
  }

  private autolink(): void {
    const found = matchAt(AUTOLINK, this.text, this.at)
    const words = found?.[1] ?? ''
    const url = safeLink(/^(?:https?|mailto|tel):/i.test(words) ? words : `mailto:${words}`)
    if (found && url !== undefined) this.link(url, words, found[0].length)
    else this.words('<')
  }

  private entity(): void {
    const entity = entityAt(this.text, this.at)
    if (entity) this.words(entity.character, entity.end - this.at)
    else this.words('&')
  }

  private run(): void {
    const run: DelimiterRun = runAt(this.text, this.at)
    this.tokens.push(run)
    this.at += run.length
  }

  private lineBreak(length: number): void {
    const last = this.tokens.at(-1)
    if (last?.kind === 'text') last.text = last.text.trimEnd()
    this.tokens.push({ kind: 'break' })
    this.at += length
    this.at += matchAt(/[ \t]*/y, this.text, this.at)?.[0].length ?? 0
  }

  private openBracket(isImage: boolean): void {
    this.brackets.push(this.tokens.push({ kind: 'bracket', isImage }) - 1)
    this.at += isImage ? 2 : 1
  }

  private closeBracket(): void {
    const place = this.brackets.pop()
    const destination = place === undefined ? undefined : destinationAt(this.text, this.at + 1)
    if (place === undefined || !destination) return this.words(']')
    const [bracket, ...content] = this.tokens.splice(place)
    this.at = destination.end
    this.endLink(
      bracket?.kind === 'bracket' && bracket.isImage,
      content,
      safeLink(withoutEntities(destination.address)),
    )
  }

  /** A link that leads nowhere safe leaves its words; a picture in a link is linked on its own behind it. */
  private endLink(isImage: boolean, content: Token[], url: string | undefined): void {
    const words = wordsOf(content).trim()
    if (url === undefined) this.words(words, 0)
    else this.tokens.push({ kind: 'link', url, words: words || url, isImage })
    if (isImage) return
    this.brackets = []
    for (const token of content) {
      if (token.kind !== 'link' || !token.isImage) continue
      this.words(' ', 0)
      this.tokens.push({ ...token, words: token.url })
    }
  }

  private plain(): void {
    const isInWord = /^[a-z\d]$/i.test(this.text.charAt(this.at - 1))
    const address = isInWord ? '' : withoutTrailingPunctuation(matchAt(ADDRESS, this.text, this.at)?.[0] ?? '')
    const words = withoutEntities(address)
    const url = safeLink(words)
    if (url !== undefined) this.link(url, words, address.length)
    else this.words(matchAt(PLAIN, this.text, this.at)?.[0] ?? this.text.charAt(this.at))
  }

  private link(url: string, words: string, length: number): void {
    this.tokens.push({ kind: 'link', url, words, isImage: false })
    this.at += length
  }

  private words(text: string, length = text.length): void {
    const last = this.tokens.at(-1)
    if (last?.kind === 'text') last.text += text
    else this.tokens.push({ kind: 'text', text })
    this.at += length
  }
}
