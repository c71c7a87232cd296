import { Tokenizer } from 'htmlparser2'
import { readTags, type Attributes } from '../../src/content/to-customer/read-tags'

/** What the reader of tags reports of a page, written as HTML in which all is quoted, closed and escaped. */
export function canonical(html: string): string {
  const pieces = Array.from(readTags(html), (token) => {
    if (typeof token === 'string') return escaped(token)
    return token.attributes ? tagOf(token.name, token.attributes) : `</${token.name}>`
  })
  return pieces.join('')
}

/** The same by htmlparser2. */
export function canonicalByReference(html: string): string {
  const pieces: string[] = []
  let [name, attribute, value] = ['', '', '']
  let attributes = new Map<string, string>()
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase()
  const open = () => pieces.push(tagOf(name, attributes))
  const none = () => {}
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => pieces.push(escaped(html.slice(start, end))),
      ontextentity: (code) => pieces.push(escaped(String.fromCodePoint(code))),
      onopentagname: (start, end) => ([name, attributes] = [nameAt(start, end), new Map()]),
      onattribname: (start, end) => ([attribute, value] = [nameAt(start, end), '']),
      onattribdata: (start, end) => (value += html.slice(start, end)),
      onattribentity: (code) => (value += String.fromCodePoint(code)),
      onattribend: () => void (attributes.has(attribute) || attributes.set(attribute, value)),
      onopentagend: open,
      onselfclosingtag: open,
      onclosetag: (start, end) => pieces.push(`</${nameAt(start, end)}>`),
      onend: none,
      oncdata: none,
      oncomment: none,
      ondeclaration: none,
      onprocessinginstruction: none,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
  return pieces.join('')
}

/** Where htmlparser2 reads a page otherwise than browsers do, which is how it is read here. */
export const DIFFERENCES: readonly (readonly [what: string, pattern: RegExp, html: string, read: string])[] = [
  ['an end tag without a name', /<\/>/, 'a</>b', 'ab'],
  ['a space before the name of an end tag', /<\/\s/, 'a</ b>c', 'ac'],
  ['a slash or a quote in an end tag', /<\/[a-z][^>]*[/"']/i, '<b>a</b c=">">d', '<b>a</b>d'],
  ['a declaration without words', /<!-?>/, '<!>a<!->b', 'ab'],
  ['a name in an attribute that letters follow', /=[^]*&notin/, '<a b="?c&notin">', '<a b="?c&amp;notin">'],
  ['an entity in a title after what begins an end tag', /<title>[^]*<\/?&/, '<title><&lt', '<title>&lt;&lt;'],
  ['the end of a comment with "!"', /--!>/, '<!--a--!>b', 'b'],
  ['CDATA', /<!\[CDATA/, '<![CDATA[a>b]]>c', 'b]]&gt;c'],
  ['a closed tag without content', /<script\/>/, '<script/><b></script>', '<script>&lt;b&gt;</script>'],
  ['an entity in a text field', /<textarea>/, '<textarea>&lt;', '<textarea>&lt;'],
  ['a tag in a frame', /<iframe>/, '<iframe><b></iframe>', '<iframe>&lt;b&gt;</iframe>'],
  ['a page that ends in a comment', /<[!?/][^>]*$/, 'a<!b', 'a'],
  ['NUL', /\0/, 'a\0b', 'ab'],
  ['a carriage return', /\r/, 'a\r\nb\rc', 'a\nb\nc'],
]

export const isReadOtherwise = (html: string): boolean => DIFFERENCES.some(([, pattern]) => pattern.test(html))

const tagOf = (name: string, attributes: Attributes): string =>
  `<${[name, ...[...attributes].map(([key, value]) => `${key}="${escaped(value)}"`)].join(' ')}>`

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
