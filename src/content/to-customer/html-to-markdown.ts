// By its path: the package's index brings a DOM and every entity's name a second time along, a tenth of the bundle.
import Tokenizer, { type Callbacks } from '../../../node_modules/htmlparser2/dist/esm/Tokenizer.js'
import { HIDDEN, OF_HEAD, TAGS } from './html-tags'
import { MarkdownDocument } from './write-markdown/document'

/**
 * A page, or a part of one, as markdown that also reads well as plain text. Every word that a browser would show is
 * there; what would run is not. Only links to pages, mail and telephone numbers survive. Never throws.
 */
export function htmlToMarkdown(html: string): string {
  const reader = new PageReader(html)
  // The library's parser keeps a stack that takes half a minute for a megabyte of open tags; its tokenizer has none.
  const tokenizer = new Tokenizer({}, reader)
  tokenizer.write(html)
  tokenizer.end()
  return reader.page.toString()
}

class PageReader implements Callbacks {
  readonly page = new MarkdownDocument()
  private words = ''
  private name = ''
  private attribute = ''
  private value = ''
  private attributes = new Map<string, string>()
  private hidden: { by: string; depth: number } | undefined

  constructor(private readonly html: string) {}

  ontext(start: number, end: number): void {
    if (!this.hidden) this.words += this.html.slice(start, end)
  }

  ontextentity(code: number): void {
    if (!this.hidden) this.words += String.fromCodePoint(code)
  }

  onopentagname(start: number, end: number): void {
    this.name = this.html.slice(start, end).toLowerCase()
    this.attributes = new Map()
  }

  onattribname(start: number, end: number): void {
    this.attribute = this.html.slice(start, end).toLowerCase()
    this.value = ''
  }

  onattribdata(start: number, end: number): void {
    this.value += this.html.slice(start, end)
  }

  onattribentity(code: number): void {
    this.value += String.fromCodePoint(code)
  }

  /** The first of several attributes with one name counts, as in a browser. */
  onattribend(): void {
    if (!this.attributes.has(this.attribute)) this.attributes.set(this.attribute, this.value)
  }

  onopentagend(): void {
    const { name } = this
    if (this.hidden?.by === 'head' && !OF_HEAD.has(name)) this.hidden = undefined
    if (this.hidden?.by === name) this.hidden.depth++
    if (this.hidden) return
    this.endWords()
    if (HIDDEN.has(name)) this.hidden = { by: name, depth: 1 }
    else TAGS.get(name)?.open?.(this.page, this.attributes)
  }

  onselfclosingtag(): void {
    this.onopentagend()
  }

  onclosetag(start: number, end: number): void {
    const name = this.html.slice(start, end).toLowerCase()
    if (this.hidden) {
      if (this.hidden.by === name && --this.hidden.depth === 0) this.hidden = undefined
      return
    }
    this.endWords()
    TAGS.get(name)?.close?.(this.page)
  }

  onend(): void {
    this.endWords()
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}

  /** The tokenizer gives words in pieces as small as one character. */
  private endWords(): void {
    if (this.words !== '') this.page.words(this.words)
    this.words = ''
  }
}
