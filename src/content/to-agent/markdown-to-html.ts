import { escapeHtml } from '../escape-html'
import { readMarkdown } from './read-markdown/read'
import type { Inline } from './read-markdown/tokens'

/**
 * What bots and customers write, as the little HTML that HubSpot shows of this channel: p, br, a and blockquote. Every
 * word is there, formatting is not; what looks like HTML is shown as it was written. Never throws.
 */
export function markdownToHtml(markdown: string): string {
  const out: string[] = []
  let open = 0
  for (const { depth, content } of readMarkdown(markdown)) {
    out.push(quotes(open, depth), `<p>${content.map(html).join('')}</p>`)
    open = depth
  }
  return [...out, quotes(open, 0)].join('')
}

const quotes = (from: number, to: number): string =>
  to > from ? '<blockquote>'.repeat(to - from) : '</blockquote>'.repeat(from - to)

function html(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeHtml(inline.text)
    case 'break':
      return '<br>'
    case 'link':
      return `<a href="${escapeHtml(inline.url)}">${escapeHtml(inline.words)}</a>`
  }
}
