import { escapeHtml } from '../text'
import { readHtml } from './read-html'
import { writeMarkdown, type Part } from './write-markdown'

/** The longest reply, in UTF-16 units: more is no message in a chat. */
const LONGEST_REPLY = 20_000
const SHORTENED = '(shortened)'

/**
 * A page, or a part of one, as markdown that also reads well as plain text, and its pictures where they are. Every word
 * that a browser would show is there; what would run is not. Only links to pages, mail and telephone numbers survive.
 * Never throws.
 */
export function htmlToMarkdown(html: string): Part[] {
  for (let room = LONGEST_REPLY - 20; ;) {
    const { blocks, isFull } = readHtml(html, room)
    const parts = writeMarkdown(blocks)
    const last = parts.at(-1)
    if (isFull && typeof last === 'string') parts[parts.length - 1] = `${last}\n\n${SHORTENED}`
    else if (isFull) parts.push(SHORTENED)
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
