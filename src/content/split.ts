/** Where a text may be cut, best first: between paragraphs, lines, sentences, words. */
const SEAMS = ['\n\n', '\n', '. ', ' ']

/** Cuts a text into parts of at most `most` UTF-16 units; joined, the parts are the text again. */
export function splitText(text: string, most: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > most) {
    const end = cutAt(rest, most)
    parts.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return rest === '' ? parts : [...parts, rest]
}

/** A seam in the second half, else the very end, but never inside a surrogate pair. */
function cutAt(text: string, most: number): number {
  for (const seam of SEAMS) {
    const at = text.lastIndexOf(seam, most - seam.length)
    if (at >= most / 2) return at + seam.length
  }
  const last = text.charCodeAt(most - 1)
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff
  return isHighSurrogate && most > 1 ? most - 1 : most
}
