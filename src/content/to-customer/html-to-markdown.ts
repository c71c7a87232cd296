import { readHtml } from './read-html'
import { writeMarkdown } from './write-markdown'

/** The longest reply, in UTF-16 units: more is no message in a chat. */
const LONGEST_REPLY = 20_000
const SHORTENED = '\n\n(shortened)'

/**
 * A page, or a part of one, as markdown that also reads well as plain text. Every word that a browser would show is
 * there; what would run is not. Only links to pages, mail and telephone numbers survive. Never throws.
 */
export function htmlToMarkdown(html: string): string {
  let room = LONGEST_REPLY - SHORTENED.length
  for (; ; room = Math.floor(room / 2)) {
    const { page, isCut } = readHtml(html, room)
    const markdown = writeMarkdown(page) + (isCut ? SHORTENED : '')
    if (markdown.length <= LONGEST_REPLY || room === 0) return markdown.trim()
  }
}

/** Plain words as markdown that shows the same words. */
export const textToMarkdown = (text: string): string =>
  htmlToMarkdown(
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replace(/\r\n?|\n/g, '<br>'),
  )
