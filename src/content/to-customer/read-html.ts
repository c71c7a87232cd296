import { enteredLink } from '../link'
import type { Link, Span } from '../span'
import { readTags, type Attributes } from './read-tags'

/** Words, or a picture with its address and its description. */
export type Piece = Span & { kind: 'words'; picture: string | undefined }
export type Node = Piece | { kind: 'gap'; lines: 1 | 2 } | { kind: 'break' } | { kind: 'rule' } | Block
/** `number` is a heading's level and where a list begins. */
export type Block = { kind: BlockKind; children: Node[]; isOrdered: boolean; number: number }
type BlockKind = 'page' | 'quote' | 'list' | 'item' | 'heading' | 'code' | 'table' | 'row' | 'cell'

const MARKS = { bold: 0, italic: 0, strike: 0, code: 0, raised: 0, lowered: 0 }
/** What a tag makes: a block, a look, or an end of the line before and behind it (an empty line where it is 2). */
type Tag = { kind?: BlockKind; mark?: keyof typeof MARKS; gap?: 1 | 2; isVoid?: true; isHidden?: true }

const TAGS: ReadonlyMap<string, Tag> = new Map<string, Tag>([
  ...tags('b strong', { mark: 'bold' }),
  ...tags('i em cite dfn var', { mark: 'italic' }),
  ...tags('s strike del', { mark: 'strike' }),
  ...tags('code kbd samp tt', { mark: 'code' }),
  ...tags('sup', { mark: 'raised' }),
  ...tags('sub', { mark: 'lowered' }),
  ...tags('blockquote', { kind: 'quote', gap: 2 }),
  ...tags('ul ol menu dir', { kind: 'list', gap: 2 }),
  ...tags('li', { kind: 'item', gap: 2 }),
  ...tags('h1 h2 h3 h4 h5 h6', { kind: 'heading', gap: 2 }),
  ...tags('pre', { kind: 'code', gap: 2 }),
  ...tags('table', { kind: 'table', gap: 2 }),
  ...tags('tr', { kind: 'row', gap: 2 }),
  ...tags('td th', { kind: 'cell', gap: 1 }),
  ...tags('p dl figure form fieldset', { gap: 2 }),
  ...tags('div section article header footer main nav aside address center dt dd figcaption caption', { gap: 1 }),
  ...tags('legend details summary option body', { gap: 1 }),
  ...tags('br hr img area base col embed input link meta param source track wbr', { isVoid: true }),
  ...tags('script style title template noscript noembed noframes iframe', { isHidden: true }),
])
/** An item, row or cell ends where the next begins, unless a list or table has begun in it. */
const WITHIN: ReadonlyMap<string, readonly string[]> = new Map([
  ['item', ['list']],
  ['row', ['table']],
  ['cell', ['row', 'table']],
])
const UNSEEN =
  /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?:font-size|opacity)\s*:\s*0(?![\d.]*[1-9])/i
/** Pictures of one pixel only report that a mail was opened. */
const SPECK = /(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)/i
/** "12<sup>99</sup> €" is not 1299. */
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻'
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₊₋'

/** A page can nest without end; a reader cannot tell more than a few levels apart. */
const DEEPEST = 16
const MOST_OPEN = 500
const LONGEST_ADDRESS = 4_000

/** The first `room` characters of what a browser would show, as a tree. Linear time. */
export function readHtml(html: string, room: number): { page: Block; isCut: boolean } {
  const builder = new TreeBuilder(room)
  readTags(html, builder)
  return { page: builder.page, isCut: builder.isCut }
}

type Open = { name: string; kind: string; into: Block; depth: number; gap: 0 | 1 | 2; isHidden: boolean }

class TreeBuilder {
  readonly page: Block = { kind: 'page', children: [], isOrdered: false, number: 0 }
  isCut = false
  private top: Open = { name: '', kind: '', into: this.page, depth: 0, gap: 0, isHidden: false }
  private readonly opened: Open[] = [this.top]
  private readonly marks = { ...MARKS }
  private link: Link | undefined

  constructor(private room: number) {}

  open(name: string, attributes: Attributes): void {
    const tag = TAGS.get(name) ?? {}
    if (tag.gap && this.top.isHidden && this.top.name === 'p') this.close('p')
    const isUnseen = attributes.has('hidden') || UNSEEN.test(attributes.get('style') ?? '')
    const isHidden = this.top.isHidden || tag.isHidden === true || isUnseen
    if (isHidden) {
      const isRoom = this.opened.length < MOST_OPEN || !this.top.isHidden
      if (!tag.isVoid && isRoom) this.push({ ...this.top, name, kind: '', gap: 0, isHidden })
    } else if (tag.isVoid) this.openVoid(name, attributes)
    else if (tag.gap) this.openBlock(name, tag, attributes)
    else if (tag.mark) this.marks[tag.mark]++
    else if (name === 'a') this.link = linkTo(attributes.get('href'))
  }

  close(name: string): void {
    let place = this.opened.length - 1
    while (place > 0 && this.opened[place]?.name !== name) place--
    if (place > 0) return this.closeFrom(place)
    if (this.top.isHidden) return
    const { mark, gap } = TAGS.get(name) ?? {}
    if (mark) this.marks[mark] = Math.max(0, this.marks[mark] - 1)
    else if (name === 'a') this.link = undefined
    else if (name === 'br') this.add({ kind: 'break' })
    else if (gap) this.add({ kind: 'gap', lines: gap })
  }

  words(text: string): void {
    if (this.top.isHidden) return
    const isCode = this.top.into.kind === 'code'
    this.piece((isCode ? text : text.replace(/[ \t\n\f\r\u00a0]+/g, ' ')).replace(/[\ufdd0-\ufdd2]/g, '\ufffd'))
  }

  private push(open: Open): void {
    this.opened.push(open)
    this.top = open
  }

  private closeFrom(place: number): void {
    const closed = this.opened.splice(place)
    this.top = this.opened.at(-1) ?? this.top
    for (const { gap } of closed) if (gap !== 0) this.add({ kind: 'gap', lines: gap })
  }

  private openVoid(name: string, attributes: Attributes): void {
    if (name === 'br') this.add({ kind: 'break' })
    if (name === 'hr') this.add({ kind: 'rule' })
    const isSpeck = ['width', 'height'].some((side) => SPECK.test(`${side}:${attributes.get(side)?.trim()}`))
    if (name !== 'img' || isSpeck || SPECK.test(attributes.get('style') ?? '')) return
    const picture = linkTo(attributes.get('src'))?.url
    const description = attributes.get('alt')?.replace(/\s+/g, ' ').trim() ?? ''
    // A picture that cannot be fetched leaves its description.
    if (picture === undefined || !/^https?:/i.test(picture)) this.piece(description)
    else this.piece(description || 'image', picture)
  }

  private openBlock(name: string, { kind, gap = 1 }: Tag, attributes: Attributes): void {
    if (kind) this.closePrevious(kind, WITHIN.get(kind) ?? [])
    if (kind === 'cell' && this.top.into.kind === 'table') this.open('tr', new Map())
    const { into, depth } = this.top
    const parent = kind === 'item' ? 'list' : kind === 'cell' ? 'row' : into.kind
    const isOpen = this.opened.length < MOST_OPEN
    if (kind && isOpen && depth < DEEPEST && into.kind !== 'code' && into.kind === parent) {
      const [number = '1'] = /\d{1,9}/.exec(kind === 'heading' ? name : (attributes.get('start') ?? '')) ?? []
      const block: Block = { kind, children: [], isOrdered: name === 'ol', number: Number(number) }
      this.add(block)
      this.push({ name, kind, into: block, depth: depth + 1, gap: 0, isHidden: false })
    } else {
      this.add({ kind: 'gap', lines: gap })
      if (isOpen) this.push({ name, kind: kind ?? '', into, depth, gap, isHidden: false })
    }
  }

  private closePrevious(kind: BlockKind, within: readonly string[]): void {
    for (let place = this.opened.length - 1; within.length > 0 && place > 0; place--) {
      const opened = this.opened[place]?.kind ?? ''
      if (opened === kind) return this.closeFrom(place)
      if (within.includes(opened)) return
    }
  }

  private piece(text: string, picture?: string): void {
    const isTooLong = text.length > this.room
    this.isCut ||= isTooLong && text.trim() !== ''
    const shown = isTooLong ? text.slice(0, this.room).replace(/(?:\s\S{0,60}|[\ud800-\udbff])$/, '') : text
    this.room = isTooLong ? 0 : this.room - text.length
    if (shown === '') return
    const { bold, italic, strike, code, raised, lowered } = this.marks
    const style = { bold: bold > 0, italic: italic > 0, strike: strike > 0, code: code > 0, link: this.link }
    const shift = raised > 0 ? RAISED : lowered > 0 ? LOWERED : ''
    const shifted = shown.replace(/[-+\d]/g, (sign) => shift.charAt('0123456789+-'.indexOf(sign)) || sign)
    this.add({ ...style, kind: 'words', text: shifted, picture })
  }

  /** Outside of items and cells, lists and rows hold only spaces; a list between two items belongs to the first. */
  private add(node: Node): void {
    const { into } = this.top
    if (node.kind !== 'words' && this.room === 0) return
    if (node.kind !== 'words') this.room--
    const wrapper = into.kind === 'list' ? 'item' : into.kind === 'row' ? 'cell' : undefined
    if (wrapper === undefined || wrapper === node.kind) return void into.children.push(node)
    if (node.kind === 'gap' || node.kind === 'break' || (node.kind === 'words' && node.text.trim() === '')) return
    const last = into.children.at(-1)
    if (last && 'children' in last) last.children.push(node)
    else into.children.push({ kind: wrapper, children: [node], isOrdered: false, number: 0 })
  }
}

function tags(names: string, tag: Tag): [string, Tag][] {
  return names.split(' ').map((name) => [name, tag])
}

function linkTo(address = ''): Link | undefined {
  const url = address.length > LONGEST_ADDRESS ? undefined : enteredLink(address)
  return url === undefined ? undefined : { url }
}
