import { characterAfter, characterBefore } from '../character'
import { unbreakableRanges, type UnbreakableRange } from './unbreakable'

/** What a text may be cut behind, best first: paragraphs, lines, sentences, words. */
const SEAMS = [['\n\n', '\r\n\r\n'], ['\n'], ['. ', '! ', '? ', '。', '！', '？'], [' ']]

/**
 * Cuts a text into pieces of at most `most` UTF-16 units; joined, the pieces are the text again. A link that fits into
 * a piece stays in one, and so does everything that a reader sees as one character.
 */
export function splitText(text: string, most: number): string[] {
  const longest = Math.max(1, Math.floor(most))
  if (text.length <= longest) return text === '' ? [] : [text]
  const links = unbreakableRanges(text, longest)
  const pieces: string[] = []
  let start = 0
  while (text.length - start > longest) {
    const end = endOfPiece({ text, links }, start, start + longest)
    pieces.push(text.slice(start, end))
    start = end
  }
  return [...pieces, text.slice(start)]
}

type Source = { text: string; links: readonly UnbreakableRange[] }

/** The last of the best seams in the second half, else the start of the link around `limit`, else `limit` itself. */
function endOfPiece({ text, links }: Source, start: number, limit: number): number {
  const earliest = (start + limit) / 2
  for (const seams of SEAMS) {
    for (let at = limit; at >= earliest; at--) {
      const isSeam = seams.some((seam) => text.endsWith(seam, at))
      if (isSeam && !rangeAround(links, at) && !continuesCharacter(text, at)) return at
    }
  }
  const link = rangeAround(links, limit)
  return link && link.start > start ? link.start : endOfCharacter(text, start, limit)
}

/** The range that a cut at `at` would go through. A binary search, since a text can hold very many links. */
function rangeAround(ranges: readonly UnbreakableRange[], at: number): UnbreakableRange | undefined {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.end ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const range = ranges[low]
  return range && range.start < at ? range : undefined
}

/** Whether an accent or a joiner at `at` changes the character before it. */
const continuesCharacter = (text: string, at: number): boolean => /^[\p{M}\u200d]$/u.test(characterAfter(text, at))

/** Where the last whole character before `limit` ends. A character longer than a piece is cut between code points. */
function endOfCharacter(text: string, start: number, limit: number): number {
  // Two units beyond the limit show whether the character there continues the one before it.
  const character = graphemes()
    .segment(text.slice(start, limit + 2))
    .containing(limit - start)
  if (character && character.index > 0) return start + character.index
  const isInPair = characterBefore(text, limit + 1).length > 1
  return isInPair && limit - 1 > start ? limit - 1 : limit
}

let segmenter: Intl.Segmenter | undefined

/** Made with the first text that is cut: its tables take longer to load than all of this integration's own code. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return segmenter
}
