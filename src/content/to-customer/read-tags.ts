// By its path: the package's index brings a DOM and every entity's name a second time along, a tenth of the bundle.
import Tokenizer from '../../../node_modules/htmlparser2/dist/esm/Tokenizer.js'

export type Attributes = ReadonlyMap<string, string>

type Reader = { open(name: string, attributes: Attributes): void; close(name: string): void; words(text: string): void }

/**
 * Tells `reader` of the tags and words of a page, in order. The library's own parser keeps a stack that takes half a
 * minute for a megabyte of open tags; its tokenizer has none.
 */
export function readTags(html: string, reader: Reader): void {
  let words = ''
  let name = ''
  let attribute = ''
  let value = ''
  let attributes = new Map<string, string>()
  const nameAt = (start: number, end: number) => html.slice(start, end).toLowerCase()
  // The tokenizer gives words in pieces as small as one character.
  const endWords = () => {
    if (words !== '') reader.words(words)
    words = ''
  }
  const open = () => {
    endWords()
    reader.open(name, attributes)
  }
  const none = () => {}
  const tokenizer = new Tokenizer(
    {},
    {
      ontext: (start, end) => (words += html.slice(start, end)),
      ontextentity: (code) => (words += String.fromCodePoint(code)),
      onopentagname: (start, end) => ([name, attributes] = [nameAt(start, end), new Map()]),
      onattribname: (start, end) => ([attribute, value] = [nameAt(start, end), '']),
      onattribdata: (start, end) => (value += html.slice(start, end)),
      onattribentity: (code) => (value += String.fromCodePoint(code)),
      // The first of several attributes with one name counts, as in a browser.
      onattribend: () => void (attributes.has(attribute) || attributes.set(attribute, value)),
      onopentagend: open,
      onselfclosingtag: open,
      onclosetag: (start, end) => {
        endWords()
        reader.close(nameAt(start, end))
      },
      onend: endWords,
      oncdata: none,
      oncomment: none,
      ondeclaration: none,
      onprocessinginstruction: none,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
}
