import { characterAfter, characterBefore } from '../text'
import { asDestination, IN_ADDRESS, namesItself, shownAddress, withoutTrailingPunctuation } from '../link'
import { PLAIN, type Link, type Span } from '../span'

/** Words of one look, or an address. */
type Piece = Span & { isAddress?: true }
type Mark = (typeof MARKS)[number]

const MARKS = ['bold', 'strike', 'italic', 'link'] as const
const SIGNS = { bold: '**', strike: '~~', italic: '_', code: '`' } as const
/** Stands beside words for what is not words; words cannot hold it. */
const BORDER = '\ufdd2'
const WORD = /^[\p{L}\p{N}\p{M}]$/u
/** Runs of signs for formatting, and signs that are read as markup because of what follows them. */
const MARKUP =
  /([*_~`])\1*|\\(?=[!-/:-@[-`{-~\ufdd2]| ?$)|<(?=[a-z/!?\ufdd2])|&(?=#?\w{0,32}[;\ufdd2])|\[(?=\ufdd2)|\](?=[(:[\ufdd2])/gi
/** Renderers differ in where a link ends behind brackets, backticks and addresses among its words. */
const MARKUP_IN_LINK = /([*_~`])\1*|[\\<&[\]!]|:(?=\/\/)/g
const LABEL = String.raw`[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?`
const URL = String.raw`(?:(?:https?|ftp):\/\/|www\.)${IN_ADDRESS}+`
const TYPED = new RegExp(String.raw`${URL}|[\w.+-]{1,64}@${LABEL}(?:\.${LABEL}){1,20}`, 'giu')

/** The lines of a paragraph; none when it holds nothing to read. A link's address is written once. */
export function writeLines(lines: readonly (readonly Span[])[], written: Set<Link>): string[] {
  const pieces = lines.map((line) => withAddresses(line, written))
  const risky = riskySigns(pieces.flat())
  const shown = pieces.map((line) => line.map((piece, at) => ({ ...piece, text: show(piece, line, at, risky) })))
  return shown.map((line) => withBrackets(render(line, MARKS, '', '').trim())).filter((line) => line !== '')
}

/** Addresses have no look: formatting around them would become part of them. */
function withAddresses(line: readonly Span[], written: Set<Link>): Piece[] {
  const out: Piece[] = []
  for (let from = 0, to = 0; from < line.length; from = to) {
    const link = line[from]?.link
    while (to < line.length && line[to]?.link === link) to++
    // Renderers differ in where a link ends behind such code.
    const run = line.slice(from, to).map((span) => ({ ...span, code: span.code && !/[[\]`]/.test(span.text) }))
    const words = run.map(({ text }) => text).join('')
    const isShown = link !== undefined && words.trim() !== '' && !written.has(link)
    if (isShown) written.add(link)
    // Brackets in an address would be a link of their own where angle brackets are not known.
    if (!isShown) out.push(...run.flatMap((span) => typed({ ...span, link: undefined })))
    else if (!namesItself(words, link.url) || /[[\]]/.test(link.url)) out.push(...run)
    else out.push({ ...PLAIN, text: words.replace(/\S+/, () => shownAddress(link.url)), isAddress: true })
  }
  return out
}

/** Addresses among words are pieces of their own; what is left without letters needs no formatting. */
function typed(span: Span): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { 0: found, index } of span.code ? [] : span.text.matchAll(TYPED)) {
    const address = withoutTrailingPunctuation(found)
    pieces.push({ ...span, text: span.text.slice(at, index) }, { ...PLAIN, text: address, isAddress: true })
    at = index + address.length
  }
  if (at === 0) return [span]
  pieces.push({ ...span, text: span.text.slice(at) })
  const shown = pieces.filter(({ text }) => text !== '')
  return shown.map((piece) => (hasLetters(piece) ? piece : { ...PLAIN, text: piece.text }))
}

/** The mark that spans the most is the outermost. Marks nest as deep as there are kinds of them. */
function render(pieces: readonly Piece[], marks: readonly Mark[], before: string, after: string): string {
  const out: string[] = []
  for (let from = 0, to = 0; from < pieces.length; from = to) {
    const ends = marks.map((mark) => endOf(mark, pieces, from))
    to = Math.max(from + 1, ...ends)
    const mark = marks[ends.indexOf(to)]
    const run = pieces.slice(from, to)
    const last = out.at(-1)
    const [left, right] = [last ?? before, pieces[to]?.text ?? after]
    const others = marks.filter((other) => other !== mark)
    const shown = mark ? wrapped(run, mark, render(run, others, left, right), left, right) : (run[0]?.text ?? '')
    // An exclamation mark before a link would make a picture of it.
    if (last?.endsWith('!') && shown.startsWith('[')) out.push(`${out.pop()?.slice(0, -1)}\\!`)
    out.push(shown)
  }
  return out.join('')
}

/** Where what `mark` spans from here on ends. */
function endOf(mark: Mark, pieces: readonly Piece[], from: number): number {
  const look = pieces[from]?.[mark]
  if (!look) return from
  for (let to = from; to < pieces.length; to++) if (pieces[to]?.[mark] !== look) return to
  return pieces.length
}

/** Formatting that markdown cannot express in its place is left out; words never are. */
function wrapped(pieces: readonly Piece[], mark: Mark, inner: string, before: string, after: string): string {
  const core = inner.trim()
  if (core === '') return inner
  const [lead = '', trail = ''] = inner.split(core)
  if (mark === 'link') return `${lead}[${core}](${asDestination(pieces[0]?.link?.url ?? '')})${trail}`
  const isRead =
    pieces.some(hasLetters) &&
    isReadAsMark(mark, lead || characterBefore(before, before.length), characterAfter(core, 0)) &&
    isReadAsMark(mark, characterAfter(trail || after, 0), characterBefore(core, core.length))
  return isRead ? lead + SIGNS[mark] + core + SIGNS[mark] + trail : inner
}

/** CommonMark's rule for both ends of emphasis: punctuation inside needs a space or punctuation outside. */
function isReadAsMark(mark: 'bold' | 'strike' | 'italic', outer: string, inner: string): boolean {
  if (outer.trim() === '' || /^(?![*_~`])\p{P}$/u.test(outer)) return true
  // Signs that touch would be read as one.
  return mark !== 'italic' && WORD.test(inner) && !SIGNS[mark].startsWith(outer)
}

/** The words, code or address at a place of a line as markdown that shows the same. */
function show(piece: Piece, line: readonly Piece[], at: number, risky: ReadonlySet<string>): string {
  if (piece.code) return piece.text.replace(/\S(?:.*\S)?/, (core) => `\`${core}\``)
  if (piece.isAddress) return piece.text.replace(/\S+/, (url) => BORDER + url + BORDER)
  const border = isPlain(piece) ? '' : BORDER
  return escape(piece, line[at - 1] ? BORDER : border, line[at + 1] ? BORDER : border, risky)
}

/** Which addresses need angle brackets is seen once all around them is written. */
const withBrackets = (line: string): string =>
  line.replace(/\ufdd2([^\ufdd2]*)\ufdd2/g, (found: string, url: string, at: number) => {
    const end = at + found.length
    if (isReadBare(url, line.charAt(at - 1), line.slice(end, end + 3))) return url
    return `<${/^www\./i.test(url) ? 'http://' : ''}${url}>`
  })

/** Whether an address is read without angle brackets. */
const isReadBare = (url: string, before: string, rest: string): boolean =>
  /^$|[\s("]/.test(before) &&
  /^["')]?[.,;!?]?(?:\s|$)/.test(rest) &&
  !/[*~`]|(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])|&#?\w{1,32};/u.test(rest.startsWith(';') ? `${url};` : url) &&
  !(rest.startsWith(')') && url.includes('('))

const isPlain = (piece: Piece): boolean => !piece.isAddress && !piece.code && !MARKS.some((mark) => piece[mark])

const hasLetters = ({ text }: Piece): boolean => /[\p{L}\p{N}]/u.test(text)

/** Formatted words' outer spaces are written outside of the formatting. */
const coreOf = (piece: Piece): string => (isPlain(piece) ? piece.text : piece.text.trim())

/**
 * The signs that would pair up in a paragraph: those that its formatting uses, and those of which its words hold an
 * opening and a later closing one. A lone asterisk needs no backslash.
 */
function riskySigns(pieces: readonly Piece[]): Set<string> {
  const used = (['bold', 'strike', 'italic', 'code'] as const).filter((look) => pieces.some((piece) => piece[look]))
  const risky = new Set<string>(used.map((look) => SIGNS[look].charAt(0)))
  const opened = new Set<string>()
  const words = pieces.map((piece) => (piece.code || piece.isAddress ? '' : coreOf(piece))).join(BORDER)
  for (const { 0: run, 1: sign = '', index } of words.matchAll(MARKUP)) {
    const { opens, closes } = flanks(words, index, run)
    if (closes && opened.has(sign)) risky.add(sign)
    if (opens) opened.add(sign)
  }
  return risky
}

/** Words as markdown that shows the same words, with what is beside them. */
function escape(piece: Piece, before: string, after: string, risky: ReadonlySet<string>): string {
  const core = coreOf(piece)
  const words = before + core + after
  const escaped = words.replace(piece.link ? MARKUP_IN_LINK : MARKUP, (run, sign: string | undefined, at: number) => {
    const { opens, closes } = flanks(words, at, run)
    const isMarkup = sign === undefined || ((piece.link || risky.has(sign)) && (opens || closes))
    return isMarkup ? run.replace(/./g, String.raw`\$&`) : run
  })
  return piece.text.replace(core, () => escaped.replaceAll(BORDER, ''))
}

/** Whether a run of signs could begin or end formatting: generous, since CommonMark's versions differ. */
function flanks(words: string, at: number, run: string): { opens: boolean; closes: boolean } {
  const [before, after] = [characterBefore(words, at), characterAfter(words, at + run.length)]
  const isInWord = run.startsWith('_') && WORD.test(before) && WORD.test(after)
  const isCode = run.startsWith('`')
  return { opens: isCode || (!isInWord && /\S/.test(after)), closes: isCode || (!isInWord && /\S/.test(before)) }
}
