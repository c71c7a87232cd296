import { namesItself, safeLink, shownAddress } from '../link'
import { contentOf, readMarkdown } from './read-markdown/read'

/** What bots and customers write, as plain text: links follow their words, quotes begin with `>`. Never throws. */
export function markdownToText(markdown: string): string {
  return readMarkdown(markdown)
    .map((paragraph) => {
      const content = contentOf(paragraph).map(({ words, url }) => (url === undefined ? words : address(words, url)))
      return content.join('').replace(/^/gm, '> '.repeat(paragraph.depth))
    })
    .join('\n\n')
}

function address(words: string, url: string): string {
  if (safeLink(words) === url) return words
  if (namesItself(words, url)) return shownAddress(url)
  return isNumber(words, url) ? words : `${words} (${url})`
}

const isNumber = (words: string, url: string): boolean => url.toLowerCase() === `tel:${words.replace(/[\s().-]/g, '')}`
