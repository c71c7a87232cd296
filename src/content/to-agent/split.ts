import { unbreakableParts, type Part } from './unbreakable'

/** Where a text may be cut, best first: between paragraphs, lines, sentences, words. */
const SEAMS = [['\n\n', '\r\n\r\n'], ['\n'], ['. ', '! ', '? ', '。', '！', '？'], [' ']]

/**
 * Cuts a text into parts of at most `most` UTF-16 units; joined, the parts are the text again. A link that fits into
 * a part stays in one, and so does whatever a reader sees as one character.
 */
export function splitText(text: string, most: number): string[] {
  const longest = Math.max(1, Math.floor(most))
  if (text.length <= longest) return text === '' ? [] : [text]
  const links = unbreakableParts(text, longest)
  const parts: string[] = []
  let start = 0
  while (text.length - start > longest) {
    const end = cutAfter(text, start, longest, links)
    parts.push(text.slice(start, end))
    start = end
  }
  return [...parts, text.slice(start)]
}

/** A seam in the second half, else before the link that the very end falls into, else the very end. */
function cutAfter(text: string, start: number, most: number, links: readonly Part[]): number {
  const window = text.slice(start, start + most + 2)
  for (const seams of SEAMS) {
    const at = Math.max(...seams.map((seam) => lastSeam(window, seam, most, (cut) => isCut(links, start + cut))))
    if (at >= most / 2) return start + at
  }
  const link = partAround(links, start + most)
  return link && link.start > start ? link.start : start + characterEnd(window, most)
}

/** Where the last such seam ends that is no later than `most` and that nothing forbids; -1 if there is none. */
function lastSeam(window: string, seam: string, most: number, isForbidden: (cut: number) => boolean): number {
  let at = window.lastIndexOf(seam, most - seam.length)
  while (at >= 0 && at + seam.length >= most / 2) {
    const cut = at + seam.length
    if (!isForbidden(cut) && !continues(window, cut)) return cut
    at = at === 0 ? -1 : window.lastIndexOf(seam, at - 1)
  }
  return -1
}

/** Whether what follows belongs to the character before it: an accent, a joiner, a variation. */
const continues = (text: string, at: number): boolean => /^[\p{M}\u200d]/u.test(text.slice(at, at + 2))

const isCut = (links: readonly Part[], at: number): boolean => partAround(links, at) !== undefined

function partAround(parts: readonly Part[], at: number): Part | undefined {
  let low = 0
  let high = parts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((parts[middle]?.end ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const part = parts[low]
  return part && part.start < at ? part : undefined
}

/** The end of the last whole character within `most`. One that is longer itself is cut, between code points if possible. */
function characterEnd(window: string, most: number): number {
  const end = graphemes().segment(window).containing(most)?.index ?? most
  if (end > 0) return end
  const isPair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(window.slice(most - 1, most + 1))
  return isPair && most > 1 ? most - 1 : most
}

let segmenter: Intl.Segmenter | undefined

/** Made with the first text that is cut: its tables take longer to load than all of this integration's own code. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return segmenter
}
