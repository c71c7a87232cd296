import { firstCharacter, isWordCharacter, lastCharacter } from '../character'
import { asDestination, namesItself, NOT_IN_ADDRESS, shownAddress, withoutTrailingPunctuation } from '../link'
import { PLAIN, type Link } from '../span'
import { BORDER, escapeText, riskySigns } from './escape'
import type { Piece } from './read-html'

/** The lines of a paragraph; none when it holds nothing to read. A link's address is written once. */
export function paragraph(lines: readonly (readonly Piece[])[], written: Set<Link>): string[] {
  const prepared = lines.map((line) => withAddresses(line, written))
  const risky = riskySigns(prepared.flat())
  return prepared.map((line) => writeLine(line, risky)).filter((line) => line !== '')
}

/** Around an address until the characters beside it are known. */
const [FROM, TO] = ['\ufdd0', '\ufdd1']
const LABEL = String.raw`[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?`
const URL = String.raw`(?:(?:https?|ftp):\/\/|www\.)[^${NOT_IN_ADDRESS}]+`
const TYPED = new RegExp(String.raw`${URL}|[\w.+-]{1,64}@${LABEL}(?:\.${LABEL}){1,20}`, 'gi')

/** Addresses have no look: formatting around them would become part of them. */
function withAddresses(line: readonly Piece[], written: Set<Link>): Piece[] {
  const out: Piece[] = []
  for (let from = 0, to = 0; from < line.length; from = to) {
    const link = line[from]?.link
    while (to < line.length && line[to]?.link === link) to++
    const run = line.slice(from, to)
    const words = run.map(({ text }) => text).join('')
    const isShown = link !== undefined && !written.has(link) && words.trim() !== ''
    if (isShown) written.add(link)
    const isItself = isShown && namesItself(words, link.url) && run.every(({ picture }) => picture === undefined)
    // Brackets in an address would be a link of their own where angle brackets are not known.
    if (isItself && !/[[\]]/.test(link.url)) out.push(address(words.replace(/\S+/, FROM + shownAddress(link.url) + TO)))
    else for (const piece of run) for (const each of isShown ? linked(piece) : typed(piece)) out.push(each)
  }
  return out
}

const address = (text: string): Piece => ({ ...PLAIN, kind: 'words', picture: undefined, text })

/** A link's end is not found by all behind backticks, and `]:` in its code would make a definition of a paragraph. */
const linked = (piece: Piece): Piece[] => [/[\]`]/.test(piece.text) ? { ...piece, code: false } : piece]

function typed(piece: Piece): Piece[] {
  if (piece.code || piece.picture !== undefined) return [{ ...piece, link: undefined }]
  const marked = piece.text.replace(TYPED, (found) => {
    const end = withoutTrailingPunctuation(found).length
    return `${FROM}${found.slice(0, end)}${TO}${found.slice(end)}`
  })
  const pieces = marked.split(new RegExp(`(${FROM}[^${TO}]*${TO})`)).filter((text) => text !== '')
  return pieces.map((text) => (text.startsWith(FROM) ? address(text) : { ...piece, link: undefined, text }))
}

/** With the character before it and, where a sentence may go on or end behind it, what ends it. */
const ADDRESS = new RegExp(`(?<=(^|[^]))${FROM}([^${TO}]*)${TO}(?=(?:["')]?[.,;!?]?(\\s|$)|))(?=([^]?))`, 'gu')

function writeLine(line: readonly Piece[], risky: ReadonlySet<string>): string {
  const leaves = line.map((piece, index) => leaf(piece, [line[index - 1], line[index + 1]], risky))
  const written = render(leaves, ['', ''], MARKS).trim()
  return written.replace(ADDRESS, (_, before: string, url: string, end: string | undefined, after: string) =>
    end !== undefined && isBare(before, url, after) ? url : `<${/^www\./i.test(url) ? 'http://' : ''}${url}>`,
  )
}

/** Whether an address is read as it is without angle brackets. */
function isBare(before: string, url: string, after: string): boolean {
  const isApart = (url.includes('@') ? /^$|[\s("]/ : /^$|[^\p{L}\p{N}\p{M}*_~`>\ufdd1]/u).test(before)
  const isMarkup = /[*~`]|(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])|&#?\w{1,32};/u.test(after === ';' ? `${url};` : url)
  return isApart && !isMarkup && !(after === ')' && url.includes('('))
}

type Mark = 'bold' | 'strike' | 'italic' | 'link'
type Leaf = { piece: Piece; markdown: string }
type Pair = readonly [string, string]

const MARKS: readonly Mark[] = ['bold', 'strike', 'italic', 'link']
const SIGNS = { bold: '**', strike: '~~', italic: '_' } as const
const ALL_SIGNS: ReadonlySet<string> = new Set('*_~`')

function leaf(piece: Piece, [previous, next]: readonly (Piece | undefined)[], risky: ReadonlySet<string>): Leaf {
  const { text, picture } = piece
  if (picture !== undefined) {
    const description = escapeText({ ...piece, link: { url: picture } }, [BORDER, BORDER], ALL_SIGNS)
    return { piece, markdown: `![${description}](${asDestination(picture)})` }
  }
  if (text.includes(FROM)) return { piece, markdown: text }
  if (piece.code) return { piece, markdown: code(text) }
  const isPlain = !MARKS.some((mark) => piece[mark])
  const words = escapeText(piece, [isPlain && !previous ? ' ' : BORDER, isPlain && !next ? ' ' : BORDER], risky)
  // An exclamation mark before a link would make a picture of it.
  return { piece, markdown: next?.link || next?.picture ? words.replace(/!$/, String.raw`\!`) : words }
}

/** The mark that spans the most is the outermost. Marks nest as deep as there are kinds of them. */
function render(leaves: readonly Leaf[], [before, after]: Pair, marks: readonly Mark[]): string {
  const out: string[] = []
  let last = before
  for (let from = 0, to = 0; from < leaves.length; from = to) {
    const ends = marks.map((mark) => endOf(mark, leaves, from))
    to = Math.max(from + 1, ...ends)
    const mark = marks[ends.indexOf(to)]
    const next = leaves[to]
    const sides: Pair = [last, next ? firstCharacter(next.markdown) : after]
    const others = marks.filter((other) => other !== mark)
    const markdown = mark ? wrapped(mark, leaves.slice(from, to), sides, others) : (leaves[from]?.markdown ?? '')
    out.push(markdown)
    last = lastCharacter(markdown) || last
  }
  return out.join('')
}

/** Where what `mark` spans from here on ends. */
function endOf(mark: Mark, leaves: readonly Leaf[], from: number): number {
  const look = leaves[from]?.piece[mark]
  if (!look) return from
  let to = from
  while (to < leaves.length && leaves[to]?.piece[mark] === look) to++
  return to
}

/** Formatting that markdown cannot express in its place is left out; words never are. */
function wrapped(mark: Mark, leaves: readonly Leaf[], [before, after]: Pair, marks: readonly Mark[]): string {
  const inner = render(leaves, [before, after], marks)
  const [, lead = '', core = '', trail = ''] = /^(\s*)([^]*?)(\s*)$/.exec(inner) ?? []
  if (core === '') return inner
  if (mark === 'link') return `${lead}[${core}](${asDestination(leaves[0]?.piece.link?.url ?? '')})${trail}`
  const isRead =
    leaves.some(({ piece }) => /[\p{L}\p{N}]/u.test(piece.text)) &&
    isReadAsMark(mark, lead || before, firstCharacter(core)) &&
    isReadAsMark(mark, trail || after, lastCharacter(core))
  return isRead ? `${lead}${SIGNS[mark]}${core}${SIGNS[mark]}${trail}` : inner
}

/** CommonMark's rule for both ends of emphasis: punctuation inside needs a space or punctuation outside. */
function isReadAsMark(mark: keyof typeof SIGNS, outer: string, inner: string): boolean {
  if (outer.trim() === '' || /^(?![*_~`])\p{P}$/u.test(outer)) return true
  // Signs that touch would be read as one.
  return mark !== 'italic' && isWordCharacter(inner) && !SIGNS[mark].startsWith(outer)
}

function code(text: string): string {
  const core = text.trim()
  if (core === '') return text
  const runs = new Set([...core.matchAll(/`+/g)].map(([run]) => run.length))
  let length = 1
  while (runs.has(length)) length++
  const fence = '`'.repeat(length)
  const pad = core.startsWith('`') || core.endsWith('`') ? ' ' : ''
  return text.replace(core, () => `${fence}${pad}${core}${pad}${fence}`)
}
