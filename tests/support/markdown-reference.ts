import { Parser } from 'htmlparser2'
import MarkdownIt from 'markdown-it'
import { Marked } from 'marked'

/** What a reader sees of a page: its words without white space, and where its links and pictures lead. */
export type Shown = { text: string; links: string[]; tags: string[] }

const plain = new MarkdownIt({ html: true })
const linking = new MarkdownIt({ html: true, linkify: true })
const github = new Marked({ gfm: true })

/** Renderers that chats use, each passing HTML on. */
export const RENDERERS: readonly [string, (markdown: string) => string][] = [
  ['markdown-it', (markdown) => plain.render(markdown)],
  ['markdown-it that links addresses', (markdown) => linking.render(markdown)],
  ['marked', (markdown) => github.parse(markdown, { async: false })],
]

export function shownOf(html: string): Shown {
  const shown: Shown = { text: '', links: [], tags: [] }
  const parser = new Parser({
    onopentag(name, { href, src, alt = '' }) {
      shown.tags.push(name)
      if (name === 'a' && href !== undefined) shown.links.push(href)
      if (name !== 'img') return
      if (src !== undefined) shown.links.push(src)
      shown.text += alt
    },
    ontext: (words) => (shown.text += words),
    oncomment: () => shown.tags.push('!--'),
  })
  parser.end(html)
  return { ...shown, text: shown.text.replace(/\s+/g, '') }
}
