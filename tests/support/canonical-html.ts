import { Tokenizer } from 'htmlparser2'
import { readTags, type Attributes } from '../../src/content/to-customer/read-tags'

/** What the reader of tags reports of a page, written as HTML in which all is quoted, closed and escaped. */
export function canonical(html: string): string {
  const pieces: string[] = []
  readTags(html, {
    open: (name, attributes) => pieces.push(tagOf(name, attributes)),
    close: (name) => pieces.push(`</${name}>`),
    words: (text) => pieces.push(escaped(text)),
    isFull: false,
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

const tagOf = (name: string, attributes: Attributes): string =>
  `<${[name, ...[...attributes].map(([key, value]) => `${key}="${escaped(value)}"`)].join(' ')}>`

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
