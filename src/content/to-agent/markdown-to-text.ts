import { namesItself, safeLink, shownAddress } from '../link'
import { readMarkdown } from './read-markdown/read'
import type { Inline, Link } from './read-markdown/tokens'

/** What bots and customers write, as plain text: links follow their words, quotes begin with `>`. Never throws. */
export function markdownToText(markdown: string): string {
  return readMarkdown(markdown)
    .map(({ depth, content }) => quoted(content.map(plain).join(''), depth))
    .join('\n\n')
}

const quoted = (text: string, depth: number): string => (depth === 0 ? text : text.replace(/^/gm, '> '.repeat(depth)))

function plain(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'break':
      return '\n'
    case 'link':
      return address(inline)
  }
}

function address({ words, url }: Link): string {
  if (safeLink(words) === url) return words
  if (namesItself(words, url)) return shownAddress(url)
  return isNumber(words, url) ? words : `${words} (${url})`
}

const isNumber = (words: string, url: string): boolean => url.toLowerCase() === `tel:${words.replace(/[\s().-]/g, '')}`
