import { enteredLink } from '../link'
import { append, linkTo, PLAIN, type Link, type Span, type Style } from '../span'
import { readTags, type Attributes } from './read-tags'

/** A quote, or an item of a list. */
export type Box = { marker: string; list?: List }
/** `number` is the next one. Markdown counts upwards; a list with the other sign begins where it does not. */
type List = { boxes: readonly Box[]; number: number | undefined; sign: '.' | ')'; item?: Box }
type Gap = 0 | 1 | 2
export type Picture = { src: string; alt: string }

/** What holds for the words in a tag. On both sides of the tag, a line (1) or a paragraph (2) ends. */
type Context = Style & {
  name: string
  gap?: Gap
  isHidden?: boolean
  isPre?: boolean
  keepsLines?: boolean
  digits?: string
  heading?: number
  boxes: readonly Box[]
  list?: List | undefined
  table?: Table
  row?: Row
}
/** `ends` are the numbers of the rows before which the last cells end, by column. */
type Table = { rows: number; ends: number[] }
/** `bars` are those that only words will show. */
type Row = { number: number; ends: number[]; cells: number; lines: number; bars: string }
/** A paragraph, a picture or, without lines, a rule. */
export type Block = { lines: Span[][]; picture: Picture | undefined; in: Context }

const ROOT: Context = { ...PLAIN, name: '', boxes: [] }
const ROLES: readonly (readonly [names: string, role: Partial<Context>])[] = [
  ['b strong', { bold: true }],
  ['i em cite dfn var', { italic: true }],
  ['s strike del', { strike: true }],
  ['code kbd samp tt', { code: true }],
  // "12<sup>99</sup> €" is not 1299.
  ['sup', { digits: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ' }],
  ['sub', { digits: '₀₁₂₃₄₅₆₇₈₉₊₋₋ₙ' }],
  ['p blockquote ul ol li table dl figure form fieldset', { gap: 2 }],
  ['div section article header footer main nav aside address center dt dd tr', { gap: 1 }],
  ['figcaption caption legend details summary option body', { gap: 1 }],
  ['pre', { gap: 2, isPre: true }],
  ...[1, 2, 3, 4, 5, 6].map((heading) => [`h${heading}`, { gap: 2, heading }] as const),
  ['script style title template noscript noembed noframes iframe video audio object', { isHidden: true }],
]
const TAGS = new Map(ROLES.flatMap(([names, role]) => names.split(' ').map((name) => [name, role])))
const VOID = new Set('br hr img area base col embed input link meta param source track wbr'.split(' '))
const FILMS = new Set('iframe video audio source embed object'.split(' '))
const UNSEEN =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|(?:font-size|max-height|opacity)\s*:\s*0(?![\d.]*[1-9])/i
/** Google Docs writes every look as a style, in one bold tag of normal weight. Other names, such as Word's, end like these. */
const LOOKS = [
  ['bold', /(?<![\w-])font-weight\s*:\s*(?:(bold|[6-9]00)|normal|[1-5]00)/i],
  ['italic', /(?<![\w-])font-style\s*:\s*(?:(italic|oblique)|normal)/i],
  ['strike', /(?<![\w-])text-decoration(?:-line)?\s*:[^;]{0,80}(line-through)/i],
  ['keepsLines', /white-space(?:-collapse)?\s*:\s*(?:(pre|break)|[a-z])/i],
] as const
/** Pictures of one pixel only report that a mail was opened. */
const SPECK = /(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:[;!]|$)/i
/** Gmail and chats on the web show them as pictures, and Slack calls them by name. */
const EMOJI =
  /^(?:(?:[\p{Extended_Pictographic}\p{RI}]\p{EMod}?\ufe0f?|[#*\d]\ufe0f?\u20e3|[\u{e0020}-\u{e007f}])\u200d?){1,12}$|^:[\w+-]{1,60}:$/u

/** What can be written above or below the line. In "2nd", no sign is. */
const SHIFTED = /[-−+\d]|(?<!\p{L})n(?!\p{L})/gu

/** A page can nest without end; a reader cannot tell more than a few levels apart. */
const MOST_BOXES = 16
const MOST_OPEN = 500
const LONGEST_ADDRESS = 4_000

/**
 * What a browser would show, up to `room` characters and tags, and a word that says so if it is not all. Linear time.
 */
export function readHtml(html: string, room: number): Block[] {
  const page = new Page()
  let left = room
  for (const token of readTags(html)) {
    if (left < 0) break
    if (typeof token === 'string') left -= page.words(token, left)
    else {
      if (token.attributes) page.open(token.name, token.attributes)
      else page.close(token.name)
      left--
    }
  }
  const shortened = { lines: [[{ ...PLAIN, text: '(shortened)' }]], picture: undefined, in: ROOT }
  return left < 0 ? [...page.blocks, shortened] : page.blocks
}

class Page {
  readonly blocks: Block[] = []
  private readonly contexts = [ROOT]
  /** What comes before the next words: nothing, a new line, a new paragraph. */
  private gap: Gap = 2
  /** Paragraphs in a cell do not end the row's line. */
  private isAtCell = false
  private lines = 0

  private get top(): Context {
    return this.contexts.at(-1) ?? ROOT
  }

  open(name: string, attributes: Attributes): void {
    const tag = TAGS.get(name) ?? {}
    if (tag.gap && this.top.name === 'p') this.close('p')
    const style = attributes.get('style') ?? ''
    const isUnseen = attributes.has('hidden') || UNSEEN.test(style)
    const isHidden = this.top.isHidden || isUnseen
    if (!isHidden) this.endLine(tag.gap)
    const isShown = !isHidden || name === 'source'
    const inside: Partial<Context> = isShown ? this.enter(name, attributes) : { gap: 0, isHidden }
    if (VOID.has(name) || this.contexts.length >= MOST_OPEN) return
    this.contexts.push({ ...this.top, gap: 0, ...tag, ...looksIn(style), ...inside, name })
  }

  /** With a tag, everything ends that was opened in it. */
  close(name: string): void {
    let place = this.contexts.length - 1
    while (place > 0 && this.contexts[place]?.name !== name) place--
    if (place < 1) return this.top.isHidden ? undefined : this.endLine(TAGS.get(name)?.gap)
    for (const context of this.contexts.splice(place)) {
      if (context.name === 'tr') this.isAtCell = false
      this.endLine(context.gap)
    }
  }

  /** Shows as many words as there is room for; gives how much they all would take. */
  words(text: string, room: number): number {
    if (this.top.isHidden) return 0
    const { isPre, keepsLines } = this.top
    const words = isPre ? text : text.replace(keepsLines ? /[ \t\f\r\u00a0]+/g : /[ \t\n\f\r\u00a0]+/g, ' ')
    const cut = words.slice(0, room).replace(/(?:\s\S{0,60}|[\ud800-\udbff])$/, '')
    for (const [index, line] of (words.length > room ? cut : words).split('\n').entries()) {
      if (index > 0) this.breakLine()
      this.span(line)
    }
    return words.length
  }

  /** Shows what is not words. Returns where the words in the tag are, and where they lead. */
  private enter(name: string, attributes: Attributes): Partial<Context> {
    const { boxes, list, table = { rows: 0, ends: [] }, row } = this.top
    if (FILMS.has(name)) {
      const address = attributes.get('src') ?? attributes.get('data') ?? ''
      const link = linkOf(address)
      this.endLine(1)
      if (link) this.span(link.url, { ...PLAIN, link })
      else if (address !== '') this.block([], { src: address, alt: name })
      this.endLine(1)
    } else if (name === 'a') return { link: linkOf(attributes.get('href')) }
    else if (name === 'blockquote') return { boxes: within(boxes, { marker: '> ' }), list: undefined }
    else if (name === 'ul' || name === 'ol') {
      // A list between two items belongs to the first.
      const around = list?.item && list.boxes === boxes ? within(boxes, list.item) : boxes
      const number = name === 'ul' ? undefined : Number(/\d{1,9}/.exec(attributes.get('start') ?? '')?.[0] ?? 1)
      return { boxes: around, list: { boxes: around, number, sign: '.' } }
    } else if (name === 'li' && list) {
      const value = Number(/^\s*\d{1,9}/.exec(attributes.get('value') ?? '')?.[0] ?? list.number)
      if (list.number !== undefined && list.number !== value) {
        if (list.item) list.sign = list.sign === '.' ? ')' : '.'
        list.number = value
      }
      list.item = { marker: list.number === undefined ? '- ' : `${list.number++}${list.sign} `, list }
      return { boxes: within(list.boxes, list.item) }
    } else if (name === 'table') return { table: { rows: 0, ends: [] } }
    else if (name === 'tr') {
      const { ends } = table
      return { row: { number: table.rows++, ends, cells: 0, lines: this.lines, bars: '' } }
    } else if ((name === 'td' || name === 'th') && row) {
      const [columns = 1, rows = 1] = ['colspan', 'rowspan'].map((span) =>
        Math.min(20, Number(attributes.get(span)) || 1),
      )
      // Where a cell reaches over others, those are empty.
      while ((row.ends[row.cells] ?? 0) > row.number) this.cell(row)
      for (let column = 0; column < columns; column++) row.ends[row.cells + column] = row.number + rows
      this.cell(row)
    } else if (name === 'br') this.breakLine()
    else if (name === 'hr') this.block([])
    else if (name === 'img') this.picture(attributes)
    else if (attributes.get('type') === 'checkbox') this.span(attributes.has('checked') ? '☑ ' : '☐ ')
    return {}
  }

  /** The cells of a row are a line with bars between, unless one has more than a line, or none has any. */
  private cell(row: Row): void {
    const lines = this.lines - row.lines
    const isFirst = row.cells++ === 0
    this.endLine(lines > 1 ? 2 : 1)
    if (lines > 1) return
    if (lines === 1) this.gap = 0
    if (!isFirst && lines === 0) row.bars += '| '
    else if (!isFirst) this.span(' | ', PLAIN)
    this.isAtCell = true
  }

  private picture(attributes: Attributes): void {
    const [src = '', alt = '', width, height, style] = ['src', 'alt', 'width', 'height', 'style'].map((name) =>
      attributes.get(name)?.replace(/\s+/g, ' ').trim(),
    )
    if (SPECK.test(`width:${width};height:${height};${style}`)) return
    if (EMOJI.test(alt)) return this.span(alt)
    // Addresses of pages can lack their scheme, and hold blanks.
    const url = /^(?:https?:)?\/\//i.test(src) ? enteredLink(src) : undefined
    if (src !== '') this.block([], { src: url ?? src, alt })
    if (src === '' || this.top.link) this.span(alt || (this.top.link?.url ?? ''))
  }

  private endLine(gap: Gap = 0): void {
    if (gap > this.gap && !this.isAtCell) this.gap = gap
  }

  /** In code, each one is a line. Elsewhere, the second makes a paragraph. */
  private breakLine(): void {
    if (this.top.isPre) this.startLine()
    this.gap = this.gap === 0 || this.top.isPre ? 1 : 2
  }

  private startLine(): void {
    if (this.gap === 2) this.block([[]])
    else if (this.gap === 1) this.blocks.at(-1)?.lines.push([])
    this.lines += this.gap > 0 ? 1 : 0
    this.gap = 0
  }

  private block(lines: Span[][], picture?: Picture): void {
    this.blocks.push({ lines, picture, in: this.top })
    this.isAtCell = false
    this.lines += lines.length > 0 ? 0 : 2
    this.gap = 2
  }

  private span(given: string, { bold, italic, strike, code, link }: Style = this.top): void {
    const { isPre, digits, list, row } = this.top
    const last = this.gap === 0 ? this.blocks.at(-1)?.lines.at(-1)?.at(-1) : undefined
    const isAfterSpace = !isPre && (last?.text ?? ' ').endsWith(' ')
    const shown = isAfterSpace && given.startsWith(' ') ? given.slice(1) : given
    if (shown === '') return
    const bars = row?.bars ?? ''
    if (row) row.bars = ''
    if (bars !== '' && !isPre && !list) this.span(bars, PLAIN)
    this.startLine()
    const text = digits ? shown.replace(SHIFTED, (sign) => digits.charAt('0123456789+-−n'.indexOf(sign))) : shown
    append(this.blocks.at(-1)?.lines.at(-1) ?? [], { text, bold, italic, strike, code, link })
    this.isAtCell = false
  }
}

const within = (boxes: readonly Box[], box: Box): readonly Box[] =>
  boxes.length < MOST_BOXES ? [...boxes, box] : boxes

function looksIn(style: string): Partial<Context> {
  if (style === '') return {}
  const [, shift = ''] = /vertical-align\s*:\s*(sup|sub)/i.exec(style) ?? []
  const looks: Partial<Context> = { ...TAGS.get(shift.toLowerCase()) }
  for (const [mark, pattern] of LOOKS) {
    const found = pattern.exec(style)
    if (found) looks[mark] = found[1] !== undefined
  }
  return looks
}

const linkOf = (address = ''): Link | undefined =>
  address.length > LONGEST_ADDRESS ? undefined : linkTo(enteredLink(address))
