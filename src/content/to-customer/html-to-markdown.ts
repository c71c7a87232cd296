import { PLAIN, type Link } from '../span'
import { escapeHtml } from '../text'
import { readHtml, type Block, type Box, type Picture } from './read-html'
import { writeLines } from './write-line'

type Part = string | Picture

/** The longest reply, in UTF-16 units: more is no message in a chat. */
const LONGEST_REPLY = 20_000
/** A reply with more texts or pictures shows the other pictures as links. */
const MOST_OF_EACH = 10

/**
 * A page, or a part of one, as markdown that also reads well as plain text, and its pictures where they are. Every word
 * that a browser would show is there; what would run is not. Only links to pages, mail and telephone numbers survive.
 * Never throws.
 */
export function htmlToMarkdown(html: string): Part[] {
  for (let room = LONGEST_REPLY - 20; ;) {
    const parts = writeMarkdown(readHtml(html, room))
    const length = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0)
    if (length <= LONGEST_REPLY || room === 0) return parts
    room = Math.floor(room * Math.min(0.8, LONGEST_REPLY / length))
  }
}

/** Plain words as markdown that shows the same words. */
export const textToMarkdown = (text: string): Part[] =>
  htmlToMarkdown(
    escapeHtml(text)
      .replace(/\r\n?/g, '\n')
      .replace(/\n+/g, (lines) => '<br>'.repeat(Math.min(2, lines.length))),
  )

/** Blocks as texts of markdown that also read well as plain text, and the pictures between them. */
function writeMarkdown(blocks: readonly Block[]): Part[] {
  const parts: (Block[] | Picture)[] = []
  for (const block of blocks) {
    const last = parts.at(-1)
    const texts = parts.filter(Array.isArray).length
    if (block.picture && Math.max(texts, parts.length - texts) < MOST_OF_EACH) parts.push(block.picture)
    else if (Array.isArray(last)) last.push(block)
    else parts.push([block])
  }
  const written = new Set<Link>()
  const items = new Set<Box>()
  return parts.map((part) => (Array.isArray(part) ? textOf(part, written, items) : part)).filter((part) => part !== '')
}

/** Behind a picture, words are in no item that began before it. */
function textOf(blocks: readonly Block[], written: Set<Link>, earlier: Set<Box>): string {
  const text: string[] = []
  const begun = new Set<Box>()
  let before: readonly Box[] | undefined
  for (const block of blocks) {
    const lines = linesOf(block, written)
    if (lines.length === 0) continue
    const boxes = block.in.boxes.filter((box) => !earlier.has(box))
    const first = boxes.map((box) => (begun.has(box) ? indentOf(box) : box.marker)).join('')
    const other = boxes.map(indentOf)
    const shared = before?.filter((box, index) => box === boxes[index]).length ?? 0
    if (before && !isClose(before, boxes, shared)) text.push(other.slice(0, shared).join('').trimEnd())
    for (const [index, line] of lines.entries()) {
      const prefix = index === 0 ? first : other.join('')
      text.push(line === '' ? prefix.trimEnd() : prefix + line)
    }
    for (const box of boxes) if (box.list) begun.add(box)
    before = boxes
  }
  for (const box of begun) earlier.add(box)
  return text.join('\n').trim()
}

const indentOf = ({ marker, list }: Box): string => (list ? ' '.repeat(marker.length) : marker)

/** Whether no empty line comes between: items of one list, and an item's words and the list below them. */
function isClose(before: readonly Box[], boxes: readonly Box[], shared: number): boolean {
  const [around, box] = [boxes[shared - 1], boxes[shared]]
  if (!box?.list || before[shared]?.list === box.list) return box?.list !== undefined
  // Right below a line of words, only a list that begins with 1 is read as one.
  return around?.list !== undefined && before.length === shared && /^(?:-|1\.)/.test(box.marker)
}

function linesOf({ lines, picture, in: { heading = 0, isPre } }: Block, written: Set<Link>): string[] {
  if (picture) {
    const [url, text] = [picture.src, picture.alt || 'picture']
    return /^https?:/i.test(url) ? writeLines([[{ ...PLAIN, text, link: { url } }]], written) : []
  }
  if (lines.length === 0) return ['---']
  if (isPre && !lines.flat().some(({ link }) => link && !written.has(link))) {
    const text = lines.map((line) => line.map((span) => span.text).join('')).join('\n')
    const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
    return text.trim() === '' ? [] : [fence, ...text.replace(/^\n/, '').trimEnd().split('\n'), fence]
  }
  const shown = writeLines(lines, written)
  if (heading > 0 && shown.length > 0) {
    return [`${'#'.repeat(heading)} ${shown.join(' ').replace(/(^| )(#+)$/, String.raw`$1\$2`)}`]
  }
  // Two spaces at its end make a line break that plain text does not show.
  return shown.map((line, index) => escapeLineStart(line, index === 0) + (index < shown.length - 1 ? '  ' : ''))
}

/**
 * A line whose beginning is not taken for a heading, a list, a quote, a rule or a table. After a list marker a
 * no-break space does that and leaves "1. May" readable, which would be renumbered as a list.
 */
function escapeLineStart(line: string, isFirst: boolean): string {
  if (/^(?:\*{3,}|_{3,})$/.test(line.replaceAll(' ', ''))) return line.replace(/[*_]/g, String.raw`\$&`)
  const isRule = /^[-:| ]{2,}$/.test(line) && line.includes('-')
  if (isRule || (!isFirst && /^=+$/.test(line)) || /^(?:#{1,6}(?: |$)|>)/.test(line)) return `\\${line}`
  return line
    .replace(/^(\d{1,9})?([.)]|[-+*])$/, String.raw`$1\$2`)
    .replace(/^(\d{1,9}[.)]|[-+*]|\[[ xX]\]) /, '$1\u00a0')
    .replace(/^(?:`{3,}(?=[^`]*$)|~{3,})/, (fence) => fence.replace(/./g, String.raw`\$&`))
}
