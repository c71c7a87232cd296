import { matchAt } from '../../character'

/** Brackets in an address: more than people write, few enough to look at any text quickly. */
const MOST_BRACKETS = 16
const AFTER =
  /(?:[ \t\n]+(?:"(?:\\[^]|[^"\\]){0,2000}"|'(?:\\[^]|[^'\\]){0,2000}'|\((?:\\[^]|[^()\\]){0,2000}\)))?[ \t\n]*\)/y

/** Reads `(address "title")` at `at`; the title is not kept. */
export function destinationAt(text: string, at: number): { address: string; end: number } | undefined {
  const start = at + (matchAt(/\([ \t\n]*/y, text, at)?.[0].length ?? 0)
  const [angle, inAngles] = matchAt(/<([^<>\n]*)>/y, text, start) ?? []
  const end = angle === undefined ? endOfBare(text, start) : start + angle.length
  const after = start === at ? null : matchAt(AFTER, text, end)
  if (!after || (angle === undefined && text.charAt(start) === '<')) return undefined
  const address = (inAngles ?? text.slice(start, end)).replace(/\\([!-/:-@[-`{-~])/g, '$1')
  return { address, end: end + after[0].length }
}

function endOfBare(text: string, start: number): number {
  let brackets = 0
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\') at++
    else if (character === '(') brackets++
    else if (/\s/.test(character) || brackets > MOST_BRACKETS || (character === ')' && --brackets < 0)) return at
  }
  return text.length
}
