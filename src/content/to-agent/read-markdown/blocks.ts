/** Lines that belong together. `depth` is how many quotes they are in. */
export type LineGroup = { depth: number; lines: Line[] }

/**
 * What formatting can span: a list item or the lines of a paragraph. `marker` is written before it; verbatim text is
 * code.
 */
export type Line = { marker: string; text: string; isVerbatim: boolean }

/** Deeper than this quotes and lists are not told apart any more. */
const DEEPEST = 8
const INDENT = '\u00a0\u00a0'

/** Reads the lines of a chat message: a new line is a new line, and only what begins with `>` is a quote. */
export function readBlocks(markdown: string): LineGroup[] {
  const reader = new BlockReader()
  for (const line of markdown.split(/\r\n?|\n/)) reader.read(line)
  return reader.blocks.map(withoutEmptyEnd).filter(({ lines }) => lines.length > 0)
}

type Fence = { sign: string; length: number; depth: number }

class BlockReader {
  readonly blocks: LineGroup[] = []
  private current: LineGroup | undefined
  private fence: Fence | undefined
  private indents: number[] = []

  read(line: string): void {
    const { depth, text } = withoutQuotes(line, this.fence?.depth ?? DEEPEST)
    if (this.fence && depth >= this.fence.depth) return this.readCode(text, this.fence)
    this.fence = undefined
    if (this.current?.depth !== depth) this.current = undefined
    this.readText(text, depth)
  }

  private readCode(text: string, fence: Fence): void {
    const closing = text.trim()
    const isEnd = closing.length >= fence.length && closing === fence.sign.repeat(closing.length)
    const isMissing = closing === '' && this.current === undefined
    if (!isEnd && !isMissing) this.add(fence.depth, { marker: '', text: codeLine(text), isVerbatim: true })
    if (!isEnd) return
    this.fence = undefined
    this.current = undefined
  }

  private readText(text: string, depth: number): void {
    const words = trimmed(text)
    const fence = /^(`{3,})[^`]*$|^(~{3,})/.exec(words)
    if (words.trim() === '') {
      this.current = undefined
    } else if (fence) {
      const opening = fence[1] ?? fence[2] ?? ''
      this.fence = { sign: opening.charAt(0), length: opening.length, depth }
      this.current = undefined
    } else if (this.isUnderline(words)) {
      this.current = undefined
    } else if (isRule(words)) {
      this.single(depth, '---')
    } else if (/^#{1,6}(?:[ \t]|$)/.test(words)) {
      this.single(depth, headingText(words))
    } else if (!this.isTableRule(words)) {
      this.readWords(text, words, depth)
    }
  }

  private readWords(text: string, words: string, depth: number): void {
    const item = /^([-+*]|\d{1,9}[.)])(?:[ \t]+([^]*))?$/.exec(words)
    if (item) {
      const [, sign = '', rest = ''] = item
      const indent = INDENT.repeat(Math.min(this.levelOf(indentOf(text)), DEEPEST))
      return this.add(depth, { marker: `${indent}${/\d/.test(sign) ? sign : '•'} `, text: rest, isVerbatim: false })
    }
    const last = this.current?.lines.at(-1)
    if (last && !last.isVerbatim) last.text += `\n${words}`
    else this.add(depth, { marker: '', text: words, isVerbatim: false })
    if (!last && indentOf(text) < 2) this.indents = []
  }

  private add(depth: number, line: Line): void {
    if (this.current === undefined) {
      this.current = { depth, lines: [] }
      this.blocks.push(this.current)
    }
    this.current.lines.push(line)
  }

  private single(depth: number, text: string): void {
    this.current = undefined
    if (text !== '') this.add(depth, { marker: '', text, isVerbatim: text === '---' })
    this.current = undefined
  }

  /** How deep in lists an item with this indentation is. */
  private levelOf(indent: number): number {
    while (this.indents.length > 0 && indent < (this.indents.at(-1) ?? 0) + 2) this.indents.pop()
    return this.indents.push(indent) - 1
  }

  /** A row of signs right below words makes a heading of them. Hyphens are shown: people mean a line by them. */
  private isUnderline(words: string): boolean {
    return this.hasWords() && /^={3,}$/.test(words)
  }

  private isTableRule(words: string): boolean {
    return this.hasWords() && /^[-:| \t]+$/.test(words) && words.includes('|') && words.includes('-')
  }

  private hasWords(): boolean {
    return this.current?.lines.at(-1)?.isVerbatim === false
  }
}

/** Code often ends with empty lines. */
function withoutEmptyEnd({ depth, lines }: LineGroup): LineGroup {
  let end = lines.length
  while (end > 0 && lines[end - 1]?.isVerbatim && lines[end - 1]?.text === '') end--
  return { depth, lines: lines.slice(0, end) }
}

function withoutQuotes(line: string, most: number): { depth: number; text: string } {
  let depth = 0
  let text = line
  for (let quote = /^ {0,3}>[ \t]?/.exec(text); quote && depth < most; quote = /^ {0,3}>[ \t]?/.exec(text)) {
    text = text.slice(quote[0].length)
    depth++
  }
  return { depth, text }
}

const isRule = (words: string): boolean => /^(?:-{3,}|\*{3,}|_{3,})$/.test(words.replace(/[ \t]/g, ''))

/** A closing run of `#` belongs to the heading's markup. */
function headingText(words: string): string {
  const text = words.replace(/^#+/, '').trim()
  let end = text.length
  while (text.charAt(end - 1) === '#') end--
  return end === 0 || /\s/.test(text.charAt(end - 1)) ? text.slice(0, end).trim() : text
}

const indentOf = (text: string): number => (/^[ \t]*/.exec(text)?.[0] ?? '').replaceAll('\t', '    ').length

/** A no-break space is part of the words, as in markdown. */
function trimmed(text: string): string {
  let start = 0
  let end = text.length
  while (/^[ \t]$/.test(text.charAt(start))) start++
  while (end > start && /^[ \t]$/.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** The white space before code is part of it. */
const codeLine = (text: string): string =>
  text.trimEnd().replace(/^[ \t]+/, (space) => space.replaceAll('\t', '    ').replaceAll(' ', '\u00a0'))
