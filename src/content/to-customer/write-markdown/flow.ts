import { looksLike, PLAIN, type Span, type Style } from './span'

/** What comes before the next words: nothing, a new line, a new paragraph. */
type Gap = 0 | 1 | 2

type Row = { isOneLine: boolean; hasCells: boolean; hasWords: boolean; separators: number }

/** Words as they flow into lines and paragraphs, with white space as a browser shows it. */
export class Flow {
  private finished: Span[][][] = []
  private lines: Span[][] = [[]]
  private gap: Gap = 0
  private endsInSpace = true
  private row: Row | undefined
  /** Before a cell's first words space is not wanted: a row is one line. */
  private isFreshCell = false

  words(text: string, style: Style): void {
    const collapsed = text.replace(/[ \t\n\f\r\u00a0]+/g, ' ')
    const isAtStart = this.gap > 0 || this.endsInSpace
    const shown = isAtStart && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed
    if (shown === '') return
    if (shown !== ' ') this.beginWords()
    this.append({ ...style, text: shown, raw: false })
    this.endsInSpace = shown.endsWith(' ')
  }

  /** Markdown that is written as it is. */
  raw(markdown: string, style: Style): void {
    this.beginWords()
    this.append({ ...style, text: markdown, raw: true })
    this.endsInSpace = false
  }

  space(gap: 1 | 2): void {
    if (!this.isFreshCell && gap > this.gap) this.gap = gap
  }

  lineBreak(): void {
    if (!this.isFreshCell) this.gap = this.gap === 0 ? 1 : 2
  }

  table(): void {
    this.closeRow()
    this.row = undefined
    this.space(2)
  }

  openRow(): void {
    if (this.row === undefined) this.space(1)
    this.closeRow()
    this.row = { isOneLine: true, hasCells: false, hasWords: false, separators: 0 }
  }

  closeRow(): void {
    this.isFreshCell = false
    if (this.row?.hasWords) this.gap = this.row.isOneLine ? 1 : 2
  }

  openCell(): void {
    if (this.row === undefined) return this.space(1)
    if (this.row.hasCells && this.row.isOneLine) {
      if (this.row.hasWords) this.gap = 0
      this.row.separators++
    } else if (this.row.hasCells) {
      this.gap = 2
    }
    this.row.hasCells = true
    this.isFreshCell = true
  }

  /** The paragraphs so far; what comes next begins a new one. */
  take(): Span[][][] {
    this.endParagraph()
    if (this.row) this.row.isOneLine = false
    this.gap = 0
    const taken = this.finished
    this.finished = []
    return taken
  }

  private beginWords(): void {
    const { row } = this
    if (this.gap > 0 && row?.hasWords) row.isOneLine = false
    if (this.gap === 2) this.endParagraph()
    if (this.gap === 1 && this.lines.at(-1)?.length !== 0) this.lines.push([])
    if (this.gap > 0) this.endsInSpace = true
    this.gap = 0
    this.isFreshCell = false
    if (row === undefined) return
    if (row.hasWords && row.separators > 0) {
      this.append({ ...PLAIN, text: `${this.endsInSpace ? '' : ' '}${'| '.repeat(row.separators)}`, raw: true })
    }
    row.hasWords = true
    row.separators = 0
  }

  private append(span: Span): void {
    const line = this.lines.at(-1)
    const last = line?.at(-1)
    const isSame = last && !last.raw && !span.raw && (looksLike(last, span) || isOneCode(last, span))
    if (isSame) last.text += span.text
    else line?.push(span)
  }

  private endParagraph(): void {
    if (this.lines.some((line) => line.length > 0)) this.finished.push(this.lines)
    this.lines = [[]]
    this.endsInSpace = true
  }
}

/** Backticks that touch would be read as one run. */
const isOneCode = (one: Span, other: Span): boolean => one.code && other.code && one.link === other.link
