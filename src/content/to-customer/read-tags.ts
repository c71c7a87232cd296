// By its path: the package's index brings a DOM and every entity's name a second time along, a tenth of the bundle.
import Tokenizer from '../../../node_modules/htmlparser2/dist/esm/Tokenizer.js'

export type Attributes = ReadonlyMap<string, string>
type Reader = {
  open(name: string, attributes: Attributes): void
  close(name: string): void
  words(text: string): void
  /** It needs no more of the page. */
  isFull: boolean
}

const CHUNK = 20_000

/**
 * Tells `reader` of the tags and words of a page, in order. The library's own parser keeps a stack that takes half a
 * minute for a megabyte of open tags; its tokenizer has none.
 */
export function readTags(html: string, reader: Reader): void {
  let [name, attribute, value] = ['', '', '']
  let attributes = new Map<string, string>()
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase()
  const open = () => reader.open(name, attributes)
  const none = () => {}
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => reader.words(html.slice(start, end)),
      ontextentity: (code) => reader.words(String.fromCodePoint(code)),
      onopentagname: (start, end) => ([name, attributes] = [nameAt(start, end), new Map()]),
      onattribname: (start, end) => ([attribute, value] = [nameAt(start, end), '']),
      onattribdata: (start, end) => (value += html.slice(start, end)),
      onattribentity: (code) => (value += String.fromCodePoint(code)),
      // The first of several attributes with one name counts, as in a browser.
      onattribend: () => void (attributes.has(attribute) || attributes.set(attribute, value)),
      onopentagend: open,
      onselfclosingtag: open,
      onclosetag: (start, end) => reader.close(nameAt(start, end)),
      onend: none,
      oncdata: none,
      oncomment: none,
      ondeclaration: none,
      onprocessinginstruction: none,
    },
  )
  for (let at = 0; at < html.length && !reader.isFull; at += CHUNK) tokenizer.write(html.slice(at, at + CHUNK))
  tokenizer.end()
}
