import { looksLike, PLAIN } from '../span'
import type { Block, Node, Piece } from './read-html'

/** Lines of words, or what is not words. */
export type Part = { kind: 'paragraph'; lines: Piece[][] } | Block | { kind: 'rule' }

/** Words as they flow into lines and paragraphs, with white space as a browser shows it; rows of a table are lines. */
export function flow(nodes: readonly Node[]): Part[] {
  const flowing = new Flow()
  for (const node of nodes) flowing.add(node)
  flowing.endParagraph()
  return flowing.parts
}

class Flow {
  readonly parts: Part[] = []
  private lines: Piece[][] = []
  /** What comes before the next words: nothing, a new line, a new paragraph. */
  private gap = 2

  add(node: Node): void {
    if (node.kind === 'words') this.words(node)
    else if (node.kind === 'gap') this.gap = Math.max(this.gap, node.lines)
    else if (node.kind === 'break') this.gap = this.gap === 0 ? 1 : 2
    else if (node.kind === 'row') this.row(node)
    else if (node.kind === 'table') {
      this.gap = 2
      for (const child of node.children) this.add(child)
      this.gap = 2
    } else this.part(node)
  }

  endParagraph(): void {
    if (this.lines.length > 0) this.parts.push({ kind: 'paragraph', lines: this.lines })
    this.lines = []
    this.gap = 2
  }

  private part(part: Part): void {
    this.endParagraph()
    this.parts.push(part)
  }

  private words(piece: Piece): void {
    const before = this.gap === 0 ? this.lines.at(-1) : undefined
    const last = before?.at(-1)
    const isAfterSpace = last === undefined || last.text.endsWith(' ')
    const text = isAfterSpace && piece.text.startsWith(' ') ? piece.text.slice(1) : piece.text
    if (text === '') return
    if (this.gap === 2) this.endParagraph()
    this.gap = 0
    // Backticks that touch would be read as one run.
    const isSame = last && (looksLike(last, piece) || (last.code && piece.code && last.link === piece.link))
    if (isSame && last.picture === undefined && piece.picture === undefined) last.text += text
    else if (before) before.push({ ...piece, text })
    else this.lines.push([{ ...piece, text }])
  }

  /** A row is a line where each of its cells is one; with an empty cell it has borders, so that columns stay. */
  private row({ children }: Block): void {
    const cells = children.map((cell) => ('children' in cell ? flow(cell.children) : []))
    const lines = cells.map(lineOf)
    if (lines.includes(undefined)) for (const part of cells.flat()) this.part(part)
    if (lines.includes(undefined) || cells.flat().length === 0) return
    const isBordered = lines.some((line) => line?.length === 0)
    const bars = lines.flatMap((line = [], index) =>
      isBordered ? [bar(line.length > 0 ? ' ' : ''), ...line, bar(' |')] : [bar(index > 0 ? ' | ' : ''), ...line],
    )
    this.gap = Math.max(this.gap, 1)
    for (const piece of [bar(isBordered ? '|' : ''), ...bars]) this.words(piece)
    this.gap = 1
  }
}

/** The line that the parts are, empty when there are none; undefined when they are more. */
function lineOf(parts: readonly Part[]): Piece[] | undefined {
  const [part] = parts
  if (part === undefined) return []
  const line = part.kind === 'paragraph' && part.lines.length === 1 && parts.length === 1 ? part.lines[0] : undefined
  const last = line?.at(-1)
  if (last) last.text = last.text.trimEnd()
  return line
}

const bar = (text: string): Piece => ({ ...PLAIN, kind: 'words', text, picture: undefined })
