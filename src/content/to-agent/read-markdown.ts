import { PLAIN, type Span } from '../span'
import { readInlines } from './read-inlines'

/** Lines that belong together. `depth` is how many quotes they are in. */
export type Paragraph = { depth: number; lines: Line[] }

/** `marker` is a list item's or a rule. Words may hold line feeds, which are line breaks. */
export type Line = { marker: string; spans: Span[] }

/**
 * What a chat message in markdown says. A new line is a new line, only what begins with `>` is a quote, and the rows of
 * a table are lines.
 */
export function readMarkdown(markdown: string): Paragraph[] {
  const reader = new BlockReader()
  for (const line of markdown.split(/\r\n?|\n/)) reader.read(line)
  return reader.drafts.map(({ depth, lines }) => ({
    depth,
    lines: lines.map(({ kind, marker, text }) => ({ marker, spans: spansOf(kind, text) })),
  }))
}

type Kind = 'words' | 'heading' | 'row' | 'code'
type Draft = { depth: number; lines: { kind: Kind; marker: string; text: string }[] }

/** Deeper than this quotes and lists are not told apart any more. */
const DEEPEST = 8
const QUOTE = /^[ \t]*>[ \t]?/
const RULE = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/
const DELIMITERS = /^(?=.*\|)(?=.*-)[-:| \t]+$/
const ITEMS = /^(?:(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)){1,8}/
const FENCE = /^(?:(`{3,})[^`]*$|(~{3,}))/

class BlockReader {
  readonly drafts: Draft[] = []
  private draft: Draft | undefined
  /** `indent` is how much of the indentation of the code is the fence's. */
  private fence: { signs: string; depth: number; indent: number } | undefined
  /** Of an item, until its first line. */
  private marker = ''

  read(line: string): void {
    let text = line
    let depth = 0
    for (; depth < (this.fence?.depth ?? DEEPEST) && QUOTE.test(text); depth++) text = text.replace(QUOTE, '')
    if (this.fence && depth < this.fence.depth) this.fence = undefined
    if (this.draft?.depth !== depth) this.draft = undefined
    const words = trimmed(text)
    const indent = columns(text)
    if (this.fence) this.readCode(words, indent, this.fence)
    else this.readWords(words, indent, depth)
  }

  private readCode(words: string, indent: number, { signs, depth, indent: outer }: NonNullable<BlockReader['fence']>) {
    if (words.startsWith(signs) && words === signs.charAt(0).repeat(words.length)) {
      this.fence = undefined
      this.draft = undefined
    } else if (words !== '' || this.draft) {
      this.add(depth, 'code', '\u00a0'.repeat(Math.max(0, indent - outer)) + words)
    }
  }

  private readWords(line: string, indent: number, depth: number): void {
    const kind = this.draft?.lines.at(-1)?.kind
    const hasWords = kind === 'words' || kind === 'row'
    if (line.trim() === '' || (hasWords && /^={3,}$/.test(line))) this.draft = undefined
    else if (RULE.test(line)) this.single(depth, 'words', '', '---')
    else if (!hasWords || !DELIMITERS.test(line)) this.readLine(line, indent, depth)
  }

  private readLine(line: string, indent: number, depth: number): void {
    const [items = ''] = ITEMS.exec(line) ?? []
    const words = line.slice(items.length)
    if (items !== '') {
      const signs = items.trim().replace(/[ \t]+/g, ' ')
      this.marker = `${'\u00a0'.repeat(Math.min(indent, 2 * DEEPEST))}${signs.replace(/[-+*]/g, '•')} `
    }
    const [, ticks, tildes] = FENCE.exec(words) ?? []
    const signs = ticks ?? tildes
    const heading = /^#{1,6}(?=[ \t]|$)/.exec(words)
    if (signs !== undefined) {
      this.fence = { signs, depth, indent: indent + items.length }
      if (items === '') this.draft = undefined
    } else if (heading) {
      // A closing run of `#` belongs to the heading's markup.
      const text = trimmed(trimmed(words.slice(heading[0].length)).replace(/(?<![^ \t])#+$/, ''))
      if (items !== '') this.add(depth, 'words', text)
      else if (text !== '') this.single(depth, 'heading', text)
    } else this.add(depth, words.startsWith('|') ? 'row' : 'words', items ? words.replace(/^(?:>[ \t]?)+/, '') : words)
  }

  private add(depth: number, kind: Kind, text: string): void {
    if (!this.draft) this.drafts.push((this.draft = { depth, lines: [] }))
    const last = this.draft.lines.at(-1)
    if (last?.kind === kind && this.marker === '') last.text += `\n${text}`
    else this.draft.lines.push({ kind, marker: this.marker, text })
    this.marker = ''
  }

  private single(depth: number, kind: Kind, text: string, marker = ''): void {
    this.draft = undefined
    this.marker = marker
    this.add(depth, kind, text)
    this.draft = undefined
  }
}

function spansOf(kind: Kind, text: string): Span[] {
  switch (kind) {
    case 'words':
      return readInlines(text)
    case 'heading':
      return readInlines(text).map((span) => ({ ...span, bold: true }))
    case 'row':
      // Formatting and addresses end with their cell.
      return text
        .split(/((?<!\\)\||\n)/)
        .flatMap((cell, index) => (index % 2 === 1 ? { ...PLAIN, text: cell } : readInlines(cell)))
    case 'code':
      // Code often ends with empty lines.
      return [{ ...PLAIN, code: true, text: text.trimEnd() }]
  }
}

const columns = (text: string): number => (/^[ \t]*/.exec(text)?.[0] ?? '').replaceAll('\t', '    ').length

/** A no-break space is part of the words, as in markdown. */
function trimmed(text: string): string {
  let end = text.length
  while (end > 0 && ' \t'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end).replace(/^[ \t]+/, '')
}
