import { characterAfter, characterBefore, isSpace, isWordCharacter } from '../../character'

/** A run of `*`, `_` or `~`; `left` of its characters are words, the others are formatting. */
export type DelimiterRun = { kind: 'run'; sign: string; length: number; left: number; opens: boolean; closes: boolean }

/**
 * The run that begins at `at`. More generous than CommonMark next to punctuation, since words that lose their signs
 * read better, and stricter between letters and digits: "2*3*4" is a sum.
 */
export function runAt(text: string, at: number): DelimiterRun {
  const sign = text.charAt(at)
  let end = at
  while (text.charAt(end) === sign) end++
  const before = characterBefore(text, at)
  const after = characterAfter(text, end)
  const length = end - at
  const isLiteral = (sign === '~' && length !== 2) || isInsideWord(sign, length, before, after)
  const opens = !isLiteral && !isSpace(after) && !(sign === '_' && isWordCharacter(before))
  const closes = !isLiteral && !isSpace(before) && !(sign === '_' && isWordCharacter(after))
  return { kind: 'run', sign, length, left: length, opens, closes }
}

/** Pairs the runs, so that `left` is what is shown of each. Each opener is passed over once at most: linear time. */
export function pairRuns(runs: readonly DelimiterRun[]): void {
  const open: DelimiterRun[] = []
  const placesOf = new Map<string, number[]>()
  for (const run of runs) {
    const places = placesOf.get(run.sign) ?? []
    placesOf.set(run.sign, places)
    if (run.closes) close(run, open, places)
    if (run.opens && run.left > 0) places.push(open.push(run) - 1)
  }
}

/** Openers after the matched one can no longer match anything. */
function close(run: DelimiterRun, open: DelimiterRun[], places: number[]): void {
  while (run.left > 0 && places.length > 0) {
    const place = places.at(-1) ?? 0
    const opening = open[place]
    if (opening?.sign !== run.sign) {
      places.pop()
      continue
    }
    const used = Math.min(2, opening.left, run.left)
    opening.left -= used
    run.left -= used
    open.length = opening.left > 0 ? place + 1 : place
  }
}

function isInsideWord(sign: string, length: number, before: string, after: string): boolean {
  const isWord = /^[A-Za-z\d]{2}$/.test(before + after)
  return sign === '*' && isWord && (length === 1 || /\d/.test(before + after))
}
