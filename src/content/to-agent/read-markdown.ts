import type { Linked } from '../span'
import { readInlines } from './read-inlines'

/**
 * Lines that belong together. `depth` is how many quotes they are in, and `marker` a list item's or a rule. Words may hold
 * line feeds, which are line breaks.
 */
export type Paragraph = { depth: number; lines: { marker: string; spans: Linked[] }[] }

/**
 * What a chat message in markdown says. A new line is a new line, only what begins with `>` is a quote, and the rows of
 * a table are lines.
 */
export function readMarkdown(markdown: string): Paragraph[] {
  const reader = new BlockReader()
  for (const line of markdown.split(/\r\n?|\n/)) reader.read(line)
  return reader.drafts.map(({ depth, lines }) => ({
    depth,
    lines: lines.map(({ kind, marker, text }) => ({ marker, spans: (READERS[kind] ?? readInlines)(text) })),
  }))
}

/** Only inside lines of one kind do signs for formatting pair up. */
type Kind = 'words' | 'heading' | 'rule' | 'row' | 'code'
/** Those kinds that are read in a way of their own. */
const READERS: Partial<Record<Kind, (text: string) => Linked[]>> = {
  /** Formatting and addresses end with their cell, and a bar is escaped in code too. */
  row: (text: string) =>
    text.split(/((?<!\\)\||\n)/).flatMap((cell) => readInlines(cell.replaceAll(/(?<!\\)\\\|/g, '|'))),
  /** Code often ends with empty lines. */
  code: (text: string) => [{ text: text.trimEnd(), link: undefined }],
}
type Draft = { depth: number; lines: { kind: Kind; marker: string; text: string }[] }

/** Deeper than this quotes and lists are not told apart any more. */
const DEEPEST = 8
const QUOTE = /^[ \t]*>[ \t]?/
const RULE = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/
const DELIMITERS = /^(?=.*\|)(?=.*-)[-:| \t]+$/
const ITEMS = /^(?:(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)){1,8}/
const FENCE = /^(?:`{3,}(?=[^`]*$)|~{3,})/
/** A closing run of `#` belongs to the markup. */
const HEADING = /^#{1,6}(?![^ \t])(.*?)(?:(?<![^ \t])#+)?$/s

class BlockReader {
  readonly drafts: Draft[] = []
  /** The paragraph that a line continues. */
  private draft: Draft | undefined
  private depth = 0
  /** `indent` is how much of the indentation of the code is the fence's. */
  private fence: { signs: string; depth: number; indent: number } | undefined
  /** Of an item, until its first line. */
  private marker = ''

  read(line: string): void {
    let text = line
    this.depth = 0
    for (; this.depth < (this.fence?.depth ?? DEEPEST) && QUOTE.test(text); this.depth++) text = text.replace(QUOTE, '')
    if (this.fence && this.depth < this.fence.depth) this.fence = undefined
    if (this.draft?.depth !== this.depth) this.draft = undefined
    const words = trimmed(text)
    const indent = (/^[ \t]*/.exec(text)?.[0] ?? '').replaceAll('\t', '    ').length
    if (!this.fence) this.readWords(words, indent)
    else if (words.startsWith(this.fence.signs) && words === words.charAt(0).repeat(words.length)) {
      this.fence = undefined
      this.draft = undefined
    } else if (words !== '' || this.draft) {
      this.add('code', '\u00a0'.repeat(Math.max(0, indent - this.fence.indent)) + words)
    }
  }

  private readWords(line: string, indent: number): void {
    const kind = this.draft?.lines.at(-1)?.kind
    const isBelowWords = kind === 'words' || kind === 'row'
    if (line.trim() === '' || (isBelowWords && /^={3,}$/.test(line))) this.draft = undefined
    else if (RULE.test(line)) {
      this.marker = '---'
      this.add('rule', '')
    } else if (!isBelowWords || !DELIMITERS.test(line)) this.readItem(line, indent)
  }

  private readItem(line: string, indent: number): void {
    const [items = ''] = ITEMS.exec(line) ?? []
    const words = line.slice(items.length)
    const space = '\u00a0'.repeat(Math.min(indent, 2 * DEEPEST))
    this.marker = items && space + items.replace(/[ \t]+/g, ' ').replace(/[-+*]/g, '•')
    const [fence] = FENCE.exec(words) ?? []
    const [, heading] = HEADING.exec(words) ?? []
    if (fence !== undefined) {
      this.fence = { signs: fence, depth: this.depth, indent: indent + items.length }
      if (items === '') this.draft = undefined
    } else if (heading === undefined) {
      this.add(words.startsWith('|') ? 'row' : 'words', items ? words.replace(/^(?:>[ \t]?)+/, '') : words)
    } else if (items !== '') this.add('words', trimmed(heading))
    else if (trimmed(heading) !== '') this.add('heading', trimmed(heading))
  }

  private add(kind: Kind, text: string): void {
    const isAlone = kind === 'heading' || kind === 'rule'
    if (!this.draft || isAlone) this.drafts.push((this.draft = { depth: this.depth, lines: [] }))
    const last = this.draft.lines.at(-1)
    if (last?.kind === kind && this.marker === '') last.text += `\n${text}`
    else this.draft.lines.push({ kind, marker: this.marker, text })
    this.marker = ''
    if (isAlone) this.draft = undefined
  }
}

/** A no-break space is part of the words, as in markdown. */
function trimmed(text: string): string {
  let end = text.length
  while (end > 0 && ' \t'.includes(text.charAt(end - 1))) end--
  return text.slice(0, end).replace(/^[ \t]+/, '')
}
