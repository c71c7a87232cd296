import { matchAt } from '../../character'

export type LinkDestination = { address: string; end: number }

/** Brackets in an address: more than anybody writes, few enough to look at any text quickly. */
const MOST_BRACKETS = 16

/** Reads `(address "title")` at `at`; the title is not kept. */
export function destinationAt(text: string, at: number): LinkDestination | undefined {
  if (text.charAt(at) !== '(') return undefined
  const start = skipSpace(text, at + 1)
  const address = text.charAt(start) === '<' ? inAngles(text, start) : bare(text, start)
  if (address === undefined) return undefined
  const end = skipSpace(text, skipTitle(text, address.end))
  return text.charAt(end) === ')' ? { address: address.address, end: end + 1 } : undefined
}

function inAngles(text: string, start: number): LinkDestination | undefined {
  const found = matchAt(/<([^<>\n]*)>/y, text, start)
  return found ? { address: found[1] ?? '', end: start + found[0].length } : undefined
}

function bare(text: string, start: number): LinkDestination | undefined {
  let brackets = 0
  let at = start
  for (; at < text.length && !/\s/.test(text.charAt(at)); at++) {
    const character = text.charAt(at)
    if (character === '\\') at++
    else if (character === '(' && ++brackets > MOST_BRACKETS) return undefined
    else if (character === ')' && --brackets < 0) break
  }
  return { address: text.slice(start, at).replace(/\\([!-/:-@[-`{-~])/g, '$1'), end: Math.min(at, text.length) }
}

function skipTitle(text: string, end: number): number {
  const title = matchAt(/[ \t\n]+(?:"[^"]*"|'[^']*')/y, text, end)
  return title ? end + title[0].length : end
}

function skipSpace(text: string, at: number): number {
  return at + (matchAt(/[ \t\n]*/y, text, at)?.[0].length ?? 0)
}
