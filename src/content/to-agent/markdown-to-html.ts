import { escapeHtml } from '../escape-html'
import { disguisedHost } from '../link'
import { contentOf, readMarkdown } from './read-markdown/read'

/**
 * What bots and customers write, as the little HTML that HubSpot shows of this channel: p, br, a and blockquote. Every
 * word is there, formatting is not; what looks like HTML is shown as it was written. Never throws.
 */
export function markdownToHtml(markdown: string): string {
  const out: string[] = []
  let open = 0
  for (const paragraph of readMarkdown(markdown)) {
    const content = contentOf(paragraph).map(({ words, url }) =>
      url === undefined ? escaped(words) : link(words, url),
    )
    out.push(quotes(open, paragraph.depth), `<p>${content.join('')}</p>`)
    open = paragraph.depth
  }
  return [...out, quotes(open, 0)].join('')
}

/** Where the words look like another address, the host that it really leads to is shown. */
function link(words: string, url: string): string {
  const host = disguisedHost(words, url)
  return `<a href="${escaped(url)}">${escaped(words)}</a>${host === undefined ? '' : ` (${escaped(host)})`}`
}

const quotes = (from: number, to: number): string =>
  to > from ? '<blockquote>'.repeat(to - from) : '</blockquote>'.repeat(from - to)

const escaped = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>')
