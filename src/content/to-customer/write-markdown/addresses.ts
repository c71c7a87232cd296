import { firstCharacter, isSpace, isWordCharacter, lastCharacter } from '../../character'
import { BARE_ADDRESS, namesItself, shownAddress, withoutTrailingPunctuation } from '../../link'
import { PLAIN, type Span } from './span'

const MAYBE_ADDRESS = /:\/\/|www\.|@/i
/** Also takes words that are no address, so that each is looked at once. */
const WORD_OR_ADDRESS = new RegExp(
  String.raw`${BARE_ADDRESS}|www\.[^\s<>"[\]\\]+|[\w.+-]+(?:@[\w-]+(?:\.[\w-]+){1,20})?`,
  'gi',
)

/** Addresses are written out as they are: formatting around them would become part of the link. */
export const writeAddresses = (line: readonly Span[]): Span[] => typedAddresses(linksThatNameThemselves(line))

/** `[https://a.example](https://a.example)` says the same thing twice. */
function linksThatNameThemselves(line: readonly Span[]): Span[] {
  if (line.every(({ link }) => link === undefined)) return [...line]
  const out: Span[] = []
  for (let from = 0, to = 0; from < line.length; from = to) {
    to = endOfLink(line, from)
    const run = line.slice(from, to)
    const words = run.map(({ text }) => text).join('')
    const url = line[from]?.link
    // Brackets would be a link of their own where angle brackets are not known.
    if (url === undefined || !namesItself(words, url) || /[[\]]/.test(url)) {
      for (const span of run) out.push(span)
    } else {
      const before = words.startsWith(' ') ? ' ' : lastCharacter(out.at(-1)?.text ?? '')
      const after = words.endsWith(' ') ? ' ' : firstCharacter(line[to]?.text ?? '')
      const address = written(shownAddress(url), { before, after })
      out.push(raw(`${words.startsWith(' ') ? ' ' : ''}${address}${words.endsWith(' ') ? ' ' : ''}`))
    }
  }
  return out
}

function endOfLink(line: readonly Span[], from: number): number {
  let to = from + 1
  while (to < line.length && line[to]?.link === line[from]?.link) to++
  return to
}

/** Addresses among the words; backslashes in them would break them. */
function typedAddresses(line: readonly Span[]): Span[] {
  return line.flatMap((span, index) => {
    const isPlain = !span.raw && !span.code && span.link === undefined
    return isPlain && MAYBE_ADDRESS.test(span.text) ? cutOut(span, line[index + 1]?.text ?? '') : [span]
  })
}

function cutOut(span: Span, next: string): Span[] {
  const out: Span[] = []
  let end = 0
  for (const { 0: found, index: at } of span.text.matchAll(WORD_OR_ADDRESS)) {
    if (!/@|^https?:|^www\./i.test(found)) continue
    const address = withoutTrailingPunctuation(found)
    // Angle brackets, which would keep it from being taken for formatting, are no way to write such an address.
    if (/^www/i.test(address) && !isHarmless(address, '')) continue
    const before = lastCharacter(span.text.slice(end, at))
    if (at > end) out.push({ ...span, text: span.text.slice(end, at) })
    end = at + address.length
    const after = firstCharacter(span.text.slice(end, end + 2) || next)
    out.push(raw(written(address, { before, after })))
  }
  return end < span.text.length ? [...out, { ...span, text: span.text.slice(end) }] : out
}

const raw = (text: string): Span => ({ ...PLAIN, text, raw: true })

/** In angle brackets where a bare address would end elsewhere or be taken for formatting. */
function written(address: string, { before, after }: { before: string; after: string }): string {
  const standsApart = !isWordCharacter(before) && (isSpace(after) || /^[.,;:!?'")]$/.test(after))
  const isBare = (standsApart && isHarmless(address, after)) || /^www\./i.test(address)
  return isBare ? address : `<${address}>`
}

const isHarmless = (address: string, after: string): boolean =>
  !/[*~]|(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])|&#?\w{1,32};/u.test(address) &&
  !(after === ';' && /&#?\w{1,32}$/.test(address))
