import { disguisedHost, namesItself, safeLink, shownAddress } from '../link'
import { append, type Linked } from '../span'
import { escapeHtml } from '../text'
import { readPlain } from './read-inlines'
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
  let [html, open] = ['', 0]
  for (const paragraph of readMarkdown(markdown)) {
    const { depth } = paragraph
    const { text, richText } = written(paragraph)
    texts.push(text.replaceAll(/(?<![^\n])/g, '> '.repeat(depth)))
    html += `${quotes(open, depth)}<p>${richText}</p>`
    open = depth
  }
  return { text: texts.join('\n\n'), richText: html + quotes(open, 0) }
}

/** Line by line; words that are not markdown have only links. */
export function renderLines(words: string, isMarkdown: boolean): Words[] {
  const paragraphs = isMarkdown ? readMarkdown(words) : [{ depth: 0, lines: [{ marker: '', spans: readPlain(words) }] }]
  return paragraphs.flatMap((paragraph) => {
    const { text, richText } = written(paragraph)
    const quote = plain('> '.repeat(paragraph.depth))
    const html = richText.split('<br>')
    return text
      .split('\n')
      .map((line, index) => ({ text: quote.text + line, richText: quote.richText + (html[index] ?? '') }))
  })
}

export const plain = (text: string): Words => ({ text, richText: escapeHtml(text).replaceAll('\n', '<br>') })

/** The words of a paragraph without their look. Lines end with a line feed or `<br>`, and a link stays on one line. */
function written({ lines }: Paragraph): Words {
  const pieces: Linked[] = []
  for (const [index, { marker, spans }] of lines.entries()) {
    append(pieces, { text: (index > 0 ? '\n' : '') + marker, link: undefined })
    for (const span of spans) append(pieces, { ...span })
  }
  const all = pieces.map(({ text, link }) => (link ? writtenLink(text, link.url) : plain(text)))
  return { text: all.map(({ text }) => text).join(''), richText: all.map(({ richText }) => richText).join('') }
}

/** Where the words look like another address, the host that it really leads to is shown. */
function writtenLink(given: string, url: string): Words {
  const words = given.trim().replaceAll('\n', ' ')
  const host = disguisedHost(words, url)
  const richText = `<a href="${escapeHtml(url)}">${escapeHtml(words)}</a>${host === undefined ? '' : ` (${escapeHtml(host)})`}`
  const isNumber = url.toLowerCase() === `tel:${words.replace(/[\s().-]/g, '')}`
  if (isNumber || safeLink(words) === url) return { text: words, richText }
  return { text: namesItself(words, url) ? shownAddress(url) : `${words} (${url})`, richText }
}

const quotes = (from: number, to: number): string =>
  to > from ? '<blockquote>'.repeat(to - from) : '</blockquote>'.repeat(from - to)
