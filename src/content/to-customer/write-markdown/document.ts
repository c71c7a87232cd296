import { namesItself } from '../../link'
import { compose, type PlacedLines } from './compose'
import { Containers } from './containers'
import { Flow } from './flow'
import { codeBlock, heading, image, paragraph } from './paragraph'
import { PLAIN, type Style } from './span'

type Mark = 'bold' | 'italic' | 'strike' | 'code'

/** Takes a page piece by piece, as a browser would lay it out, and gives it back as markdown. */
export class MarkdownDocument {
  readonly flow = new Flow()
  private readonly blocks: PlacedLines[] = []
  private readonly containers = new Containers()
  private readonly marks = { bold: 0, italic: 0, strike: 0, code: 0 }
  private style: Style = PLAIN
  private headingLevel = 0
  private preformatted = 0
  private code: string[] = []
  private wordsInLink = ''

  words(text: string): void {
    if (this.preformatted === 0) return this.flow.words(text, this.style)
    this.code.push(text)
    if (this.style.link !== undefined) this.wordsInLink += text
  }

  image(description: string, url: string): void {
    if (this.preformatted > 0) this.code.push(`${description} (${url})`)
    else this.flow.raw(image(description, url), { ...this.style, code: false })
  }

  space(gap: 1 | 2): void {
    if (this.preformatted === 0) this.flow.space(gap)
    else if (this.code.at(-1)?.endsWith('\n') === false) this.code.push('\n')
  }

  lineBreak(): void {
    if (this.preformatted === 0) this.flow.lineBreak()
    else this.code.push('\n')
  }

  mark(mark: Mark, change: 1 | -1): void {
    this.marks[mark] = Math.max(0, this.marks[mark] + change)
    this.style = { ...this.style, [mark]: this.marks[mark] > 0 }
  }

  openLink(url: string | undefined): void {
    this.closeLink()
    this.style = { ...this.style, link: url }
  }

  /** Code cannot hold a link: it is written behind the words. */
  closeLink(): void {
    const { link, ...style } = this.style
    if (link !== undefined && this.wordsInLink !== '' && !namesItself(this.wordsInLink, link)) {
      this.code.push(` (${link})`)
    }
    this.wordsInLink = ''
    this.style = { ...style, link: undefined }
  }

  heading(level: number): void {
    this.flush()
    this.headingLevel = level
  }

  preformat(change: 1 | -1): void {
    this.flush()
    this.preformatted = Math.max(0, this.preformatted + change)
  }

  openQuote(): void {
    this.flush()
    this.containers.openQuote()
  }

  closeQuote(): void {
    this.flush()
    this.containers.close('quote')
  }

  openList(ordered: boolean, start = 1): void {
    this.flush()
    this.containers.openList(ordered, start, this.blocks.at(-1)?.within ?? [])
  }

  closeList(): void {
    this.flush()
    this.containers.close('list')
  }

  openItem(): void {
    this.flush()
    this.containers.openItem()
  }

  closeItem(): void {
    this.flush()
  }

  rule(): void {
    this.flush()
    // Hyphens after a list's hyphen would be read as one rule.
    this.add([this.containers.within().some(({ kind }) => kind === 'item') ? '***' : '---'])
  }

  toString(): string {
    this.flush()
    return compose(this.blocks)
  }

  private flush(): void {
    for (const lines of this.flow.take()) {
      this.add(this.headingLevel > 0 ? heading(this.headingLevel, lines) : paragraph(lines))
    }
    if (this.code.length > 0) this.add(codeBlock(this.code.join('')))
    this.code = []
  }

  private add(lines: string[]): void {
    if (lines.length > 0) this.blocks.push({ within: this.containers.within(), lines })
  }
}
