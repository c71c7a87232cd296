import { characterBefore, visible } from '../text'
import { BARE_ADDRESS } from '../link'

/** What a text may be cut behind, best first: paragraphs, lines, sentences, words. */
const SEAMS = [/^[^]*(?:\n\n|\r\n\r\n)/, /^[^]*\n/, /^[^]*(?:[.!?] |[。！？])/, /^[^]* /]

/** Bounded, so that many open brackets are read in linear time. */
const WORDS = String.raw`(?:[^[\]\\\n]|\\.){0,2000}`
const PICTURE = String.raw`!\[${WORDS}\]\([^()\s]{0,4000}\)`
/** Addresses hold at most one pair of parentheses, such as a Wikipedia page's. */
const ADDRESS = String.raw`\([^()\s]{0,4000}(?:\([^()\s]{0,4000}\)[^()\s]{0,4000})?\)`

/** What is not cut: links, and a seam with an accent on it. A backslash keeps `\[` from beginning a link. */
const WHOLE = new RegExp(
  [
    String.raw`\\.`,
    String.raw`(?:!?\[(?:${PICTURE}|${WORDS}))?\](?<address>${ADDRESS})`,
    BARE_ADDRESS,
    String.raw`(?:mailto|tel):[^\s<>"]+`,
    // Half a payment card number would not be recognized.
    String.raw`\d(?:[ -]?\d){12,40}`,
    String.raw`[ \n。！？](?=[\p{M}\u200d])`,
  ].join('|'),
  'giu',
)
/** Of names, in UTF-16 units. */
const LONGEST_NAME = 100
/** How far behind a piece a link is looked for that begins in it. */
const LONGEST_LINK = 8_000
/** In place of what is not cut: its beginning, and the rest. */
const [START, REST] = ['\u0001', '\u0000']

/**
 * Cuts a text into pieces of at most `most` UTF-16 units; joined, the pieces are the text again. A link that fits into
 * a piece stays in one, and so does everything that a reader sees as one character.
 */
export function splitText(text: string, most: number): string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > most) {
    const end = endOfPiece(rest, most)
    pieces.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return rest === '' ? pieces : [...pieces, rest]
}

/** What fits of a text, and a word that says so if it is not all. */
export function shortened(text: string, longest: number): string {
  const trimmed = text.trim()
  if (trimmed.length <= longest) return trimmed
  return `${trimmed.slice(0, endOfPiece(trimmed, longest)).trimEnd()} (shortened)`
}

/** What a reader sees of a text, in one line. */
export const oneLine = (text: string, longest = LONGEST_NAME): string =>
  shortened(visible(text).replaceAll(/\s+/g, ' '), longest)

/** The last of the best seams in the second half, else the start of the link around `most`, else `most` itself. */
function endOfPiece(text: string, most: number): number {
  const masked = text.slice(0, most + LONGEST_LINK).replace(WHOLE, (whole: string, address?: string) => {
    const kept = whole.length > most ? (address ?? '') : whole
    if (kept === '' || kept.length > most) return whole
    return whole.slice(0, whole.length - kept.length) + START + REST.repeat(kept.length - 1)
  })
  const piece = masked.slice(0, most)
  const ends = SEAMS.map((seam) => seam.exec(piece)?.[0].length ?? 0)
  const end = ends.find((each) => each >= most / 2)
  if (end !== undefined) return end
  const start = masked.charAt(most) === REST ? masked.lastIndexOf(START, most) : most
  return start > 0 && start < most ? start : endOfCharacter(text, most)
}

/** Where the last whole character before `limit` ends. A character longer than a piece is cut between code points. */
function endOfCharacter(text: string, limit: number): number {
  // Made only here: the first one loads tables that take longer than all of this integration's own code.
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  // Two units beyond the limit show whether the character there continues the one before it.
  const character = graphemes.segment(text.slice(0, limit + 2)).containing(limit)
  if (character && character.index > 0) return character.index
  return characterBefore(text, limit + 1).length > 1 && limit > 1 ? limit - 1 : limit
}
