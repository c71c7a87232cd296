import { BARE_ADDRESS } from '../link'

/** A stretch of a text that is not cut, in UTF-16 units. */
export type UnbreakableRange = { start: number; end: number }

/** Bounded, so that many open brackets are read in linear time. */
const WORDS = String.raw`(?:[^[\]\\\n]|\\.){0,2000}`
const PICTURE = String.raw`!\[${WORDS}\]\([^()\s]*\)`
/** Addresses hold at most one pair of parentheses, such as a Wikipedia page's. */
const ADDRESS = String.raw`\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)`

/** A backslash takes the next character out of the search, so that `\[` does not begin a link. */
const LINK = new RegExp(
  [
    String.raw`(?<escaped>\\.)`,
    String.raw`!?\[(?:${PICTURE}|${WORDS})\](?<address>${ADDRESS})`,
    BARE_ADDRESS,
    String.raw`(?:mailto|tel):[^\s<>"]+`,
    // Half a card number would not be recognized.
    String.raw`\d(?:[ -]?\d){12,}`,
  ].join('|'),
  'gi',
)

/** The links of a text, in order. A link longer than `most` units counts with its address alone, or not at all. */
export function unbreakableRanges(text: string, most: number): UnbreakableRange[] {
  return [...text.matchAll(LINK)].flatMap(({ 0: link, index, groups }) => {
    const kept = link.length > most ? (groups?.['address'] ?? link) : link
    const end = index + link.length
    return groups?.['escaped'] || kept.length > most ? [] : [{ start: end - kept.length, end }]
  })
}
