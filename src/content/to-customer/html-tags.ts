import { safeLink } from '../link'
import type { MarkdownDocument } from './write-markdown/document'

type Attributes = ReadonlyMap<string, string>

export type Tag = {
  open?: (document: MarkdownDocument, attributes: Attributes) => void
  close?: (document: MarkdownDocument) => void
}

/** What each tag does to the page. A tag that is not here leaves its words. */
export const TAGS: ReadonlyMap<string, Tag> = new Map<string, Tag>([
  ...each(['b', 'strong'], mark('bold')),
  ...each(['i', 'em', 'cite', 'dfn', 'var'], mark('italic')),
  ...each(['s', 'strike', 'del'], mark('strike')),
  ...each(['code', 'kbd', 'samp', 'tt'], mark('code')),
  ['a', { open: (page, attributes) => page.openLink(linkOf(attributes, 'href')), close: (page) => page.closeLink() }],
  ['img', { open: image }],
  ['br', { open: (page) => page.lineBreak(), close: (page) => page.lineBreak() }],
  ['hr', { open: (page) => page.rule() }],
  ...[1, 2, 3, 4, 5, 6].map((level): [string, Tag] => [
    `h${level}`,
    { open: (page) => page.heading(level), close: (page) => page.heading(0) },
  ]),
  ['blockquote', { open: (page) => page.openQuote(), close: (page) => page.closeQuote() }],
  ['pre', { open: (page) => page.preformat(1), close: (page) => page.preformat(-1) }],
  ...each(['ul', 'menu', 'dir'], { open: (page) => page.openList(false), close: (page) => page.closeList() }),
  ['ol', { open: (page, attributes) => page.openList(true, startOf(attributes)), close: (page) => page.closeList() }],
  ['li', { open: (page) => page.openItem(), close: (page) => page.closeItem() }],
  ['table', { open: (page) => page.flow.table(), close: (page) => page.flow.table() }],
  ['tr', { open: (page) => page.flow.openRow(), close: (page) => page.flow.closeRow() }],
  ...each(['td', 'th'], { open: (page) => page.flow.openCell() }),
  ...each(['p', 'dl', 'figure', 'form', 'fieldset'], space(2)),
  ...each(['div', 'section', 'article', 'header', 'footer', 'main', 'nav', 'aside', 'address', 'center'], space(1)),
  ...each(['dt', 'dd', 'figcaption', 'caption', 'legend', 'details', 'summary', 'option', 'body'], space(1)),
])

/** Tags whose content is not for the reader. */
export const HIDDEN: ReadonlySet<string> = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'noembed',
  'noframes',
  'iframe',
])

/** What a page's head may hold; anything else ends it, closed or not. */
export const OF_HEAD: ReadonlySet<string> = new Set([
  'base',
  'link',
  'meta',
  'title',
  'style',
  'script',
  'noscript',
  'template',
  'head',
])

function each(names: readonly string[], tag: Tag): [string, Tag][] {
  return names.map((name) => [name, tag])
}

function mark(name: Parameters<MarkdownDocument['mark']>[0]): Tag {
  return { open: (page) => page.mark(name, 1), close: (page) => page.mark(name, -1) }
}

function space(gap: 1 | 2): Tag {
  return { open: (page) => page.space(gap), close: (page) => page.space(gap) }
}

/** A picture that cannot be fetched leaves its description. */
function image(page: MarkdownDocument, attributes: Attributes): void {
  const url = linkOf(attributes, 'src')
  const description = attributes.get('alt') ?? ''
  if (url !== undefined && /^https?:/i.test(url)) page.image(description, url)
  else page.words(description)
}

const linkOf = (attributes: Attributes, name: string): string | undefined => safeLink(attributes.get(name) ?? '')

function startOf(attributes: Attributes): number {
  const start = attributes.get('start') ?? ''
  return /^\d{1,9}$/.test(start) ? Number(start) : 1
}
