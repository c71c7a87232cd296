import { BARE_ADDRESS } from '../link'

/** A part of a text, in UTF-16 units. */
export type Part = { start: number; end: number }

/** What is skipped comes first, so that each bracket is looked at once. */
const LINK = new RegExp(
  [
    String.raw`\\.`,
    String.raw`!?\[!\[(?:[^[\]\\\n]|\\.){0,2000}\]\([^()\s]*\)\]\([^()\s]*\)`,
    String.raw`!?\[(?:[^[\]\\\n]|\\.){0,2000}\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?\)`,
    BARE_ADDRESS,
    String.raw`(?:mailto|tel):[^\s<>"]+`,
  ].join('|'),
  'gi',
)

/** The links of a text that fit into `most` units, in order; of a longer one the address, when that fits. */
export function unbreakableParts(text: string, most: number): Part[] {
  return [...text.matchAll(LINK)]
    .filter(([found]) => !found.startsWith('\\'))
    .map(({ 0: link, index }) => {
      const address = link.length > most ? link.lastIndexOf('](') + '('.length : 0
      return { start: index + address, end: index + link.length }
    })
    .filter(({ start, end }) => end - start <= most)
}
