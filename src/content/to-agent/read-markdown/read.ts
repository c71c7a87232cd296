import { PLAIN, type Link, type Span } from '../../span'
import { readInlines } from './inlines'

/** Lines that belong together. `depth` is how many quotes they are in. */
export type Paragraph = { depth: number; lines: Line[] }

/** `marker` is a list item's. Words may hold line feeds, which are line breaks. */
export type Line = { kind: Kind; marker: string; spans: Span[] }
type Kind = 'words' | 'heading' | 'row' | 'code' | 'rule'

/**
 * What a chat message in markdown says. A new line is a new line, only what begins with `>` is a quote, and the rows of
 * a table are lines.
 */
export function readMarkdown(markdown: string): Paragraph[] {
  const reader = new BlockReader()
  for (const line of markdown.split(/\r\n?|\n/)) reader.read(line)
  return reader.groups.flatMap(({ depth, lines }) => {
    // Code often ends with empty lines.
    while (lines.at(-1)?.kind === 'code' && lines.at(-1)?.text === '') lines.pop()
    const read = lines.map(({ kind, marker, text }) => ({ kind, marker, spans: spansOf(kind, text) }))
    return read.length === 0 ? [] : [{ depth, lines: read }]
  })
}

/** The words of a paragraph without their look, cut where links begin and end. A line feed is a line break. */
export function contentOf({ lines }: Paragraph): { words: string; url: string | undefined }[] {
  const out: { words: string; link: Link | undefined }[] = []
  for (const [index, { marker, spans }] of lines.entries()) {
    for (const { text, link } of [{ ...PLAIN, text: (index > 0 ? '\n' : '') + marker }, ...spans]) {
      const last = out.at(-1)
      if (last && last.link === link) last.words += text
      else out.push({ words: text, link })
    }
  }
  return out.map(({ words, link }) => ({ words: link ? words.trim() : words, url: link?.url }))
}

type Group = { depth: number; lines: { kind: Kind; marker: string; text: string }[] }

/** Deeper than this quotes and lists are not told apart any more. */
const DEEPEST = 8
const QUOTE = /^[ \t]*>[ \t]?/
const ITEM = /^(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)/

class BlockReader {
  readonly groups: Group[] = []
  private group: Group | undefined
  /** `column` is how much of the indentation of the code is the fence's. */
  private fence: { sign: string; length: number; depth: number; column: number } | undefined
  private indents: number[] = []
  /** Of an item that begins with a fence, until its first line of code. */
  private marker = ''

  read(line: string): void {
    let text = line
    let depth = 0
    for (; depth < (this.fence?.depth ?? DEEPEST) && QUOTE.test(text); depth++) text = text.replace(QUOTE, '')
    if (this.fence && depth < this.fence.depth) this.fence = undefined
    if (this.group?.depth !== depth) this.group = undefined
    if (this.fence) return this.readCode(text, this.fence)
    const words = trimmed(text)
    const last = this.group?.lines.at(-1)?.kind
    const hasWords = last === 'words' || last === 'row'
    if (words.trim() === '' || (hasWords && /^={3,}$/.test(words))) this.group = undefined
    else if (/^(?:-{3,}|\*{3,}|_{3,})$/.test(words.replace(/[ \t]/g, ''))) this.single(depth, 'rule', '---')
    else if (!hasWords || !/^(?=.*\|)(?=.*-)[-:| \t]+$/.test(words)) this.readWords(depth, words, columns(text))
  }

  private readCode(text: string, { sign, length, depth, column }: NonNullable<BlockReader['fence']>): void {
    const words = text.trim()
    if (words.length >= length && words === sign.repeat(words.length)) {
      this.fence = undefined
      this.group = undefined
    } else if (words !== '' || this.group) {
      const indentation = '\u00a0'.repeat(Math.max(0, columns(text) - column))
      this.add(depth, 'code', indentation + text.trimEnd().replace(/^[ \t]+/, ''))
    }
  }

  private readWords(depth: number, line: string, indent: number): void {
    let words = line
    for (let item = ITEM.exec(words); item && this.marker.length < 4 * DEEPEST; item = ITEM.exec(words)) {
      const sign = /\d/.test(item[0]) ? item[0].trim() : '•'
      this.marker += `${this.marker === '' ? '\u00a0\u00a0'.repeat(this.levelOf(indent)) : ''}${sign} `
      words = words.slice(item[0].length)
    }
    const [, ticks, tildes] = /^(`{3,})[^`]*$|^(~{3,})/.exec(words) ?? []
    const fence = ticks ?? tildes
    const heading = /^#{1,6}(?=[ \t]|$)/.exec(words)
    const isItem = this.marker !== ''
    if (fence !== undefined) {
      const column = indent + line.length - words.length
      this.fence = { sign: fence.charAt(0), length: fence.length, depth, column }
      if (!isItem) this.group = undefined
    } else if (heading) {
      // A closing run of `#` belongs to the heading's markup.
      const text = words
        .slice(heading[0].length)
        .trim()
        .replace(/(?:^|(?<=\s))#+$/, '')
        .trim()
      if (isItem) this.add(depth, 'words', text)
      else this.single(depth, 'heading', text)
    } else if (isItem) this.add(depth, 'words', words.replace(/^(?:>[ \t]?)+/, ''))
    else this.readLine(depth, words, indent)
  }

  private readLine(depth: number, words: string, indent: number): void {
    const last = this.group?.lines.at(-1)
    if (!last && indent < 2) this.indents = []
    if (words.startsWith('|')) this.add(depth, 'row', words)
    else if (last?.kind === 'words') last.text += last.text === '' ? words : `\n${words}`
    else this.add(depth, 'words', words)
  }

  private add(depth: number, kind: Kind, text: string): void {
    if (this.group === undefined) this.groups.push((this.group = { depth, lines: [] }))
    this.group.lines.push({ kind, marker: this.marker, text })
    this.marker = ''
  }

  private single(depth: number, kind: Kind, text: string): void {
    this.group = undefined
    if (text !== '') this.add(depth, kind, text)
    this.group = undefined
  }

  /** How deep in lists an item with this indentation is. */
  private levelOf(indent: number): number {
    while (this.indents.length > 0 && indent < (this.indents.at(-1) ?? 0) + 2) this.indents.pop()
    return Math.min(this.indents.push(indent) - 1, DEEPEST)
  }
}

function spansOf(kind: Kind, text: string): Span[] {
  if (kind === 'code' || kind === 'rule') return [{ ...PLAIN, code: kind === 'code', text }]
  if (kind !== 'row') return readInlines(text)
  // Formatting and addresses end with their cell.
  return text.split(/(?<!\\)(\|)/).flatMap((cell) => (cell === '|' ? { ...PLAIN, text: cell } : readInlines(cell)))
}

const columns = (text: string): number => (/^[ \t]*/.exec(text)?.[0] ?? '').replaceAll('\t', '    ').length

/** A no-break space is part of the words, as in markdown. */
function trimmed(text: string): string {
  let end = text.length
  while (end > 0 && ' \t'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end).replace(/^[ \t]+/, '')
}
