import { escapeHtml } from '../escape-html'
import { disguisedHost, namesItself, safeLink, shownAddress } from '../link'
import { PLAIN, type Link } from '../span'
import { readMarkdown, type Paragraph } from './read-markdown'

/** The same words as plain text and as the little HTML that HubSpot shows of this channel. */
export type Words = { text: string; richText: string }

/**
 * What bots and customers write, as plain text in which links follow their words and quotes begin with `>`, and as HTML of
 * p, br, a and blockquote. Every word is there, formatting is not; what looks like HTML is shown as it was written. Never
 * throws.
 */
export function render(markdown: string): Words {
  const texts: string[] = []
  const html: string[] = []
  let open = 0
  for (const paragraph of readMarkdown(markdown)) {
    const { depth } = paragraph
    const { text, richText } = written(paragraph)
    texts.push(text.replaceAll(/(?<![^\n])/g, '> '.repeat(depth)))
    html.push(quotes(open, depth), `<p>${richText}</p>`)
    open = depth
  }
  return { text: texts.join('\n\n'), richText: [...html, quotes(open, 0)].join('') }
}

/** Line by line. */
export const linesOf = (paragraphs: readonly Paragraph[]): Words[] =>
  paragraphs.flatMap((paragraph) => {
    const { text, richText } = written(paragraph)
    const quote = '> '.repeat(paragraph.depth)
    const html = richText.split('<br>')
    return text
      .split('\n')
      .map((line, index) => ({ text: quote + line, richText: escapeHtml(quote) + (html[index] ?? '') }))
  })

/** The words of a paragraph without their look. Lines end with a line feed or `<br>`, and a link stays on one line. */
function written({ lines }: Paragraph): Words {
  const pieces: { words: string; link: Link | undefined }[] = []
  for (const [index, { marker, spans }] of lines.entries()) {
    for (const { text, link } of [{ ...PLAIN, text: (index > 0 ? '\n' : '') + marker }, ...spans]) {
      const last = pieces.at(-1)
      if (last && last.link === link) last.words += text
      else pieces.push({ words: text, link })
    }
  }
  const all = pieces.map(({ words, link }) =>
    link
      ? writtenLink(words.trim().replaceAll('\n', ' '), link.url)
      : { text: words, richText: escapeHtml(words).replaceAll('\n', '<br>') },
  )
  return { text: all.map(({ text }) => text).join(''), richText: all.map(({ richText }) => richText).join('') }
}

/** Where the words look like another address, the host that it really leads to is shown. */
function writtenLink(words: string, url: string): Words {
  const host = disguisedHost(words, url)
  const richText = `<a href="${escapeHtml(url)}">${escapeHtml(words)}</a>${host === undefined ? '' : ` (${escapeHtml(host)})`}`
  const isNumber = url.toLowerCase() === `tel:${words.replace(/[\s().-]/g, '')}`
  if (isNumber || safeLink(words) === url) return { text: words, richText }
  return { text: namesItself(words, url) ? shownAddress(url) : `${words} (${url})`, richText }
}

const quotes = (from: number, to: number): string =>
  to > from ? '<blockquote>'.repeat(to - from) : '</blockquote>'.repeat(from - to)
