import { characterAfter, characterBefore, isCjk, isPunctuation, isSpace } from '../../character'

export type Mark = 'bold' | 'italic' | 'strike'

/** A run of `*`, `_` or `~`: after pairing, `left` of its signs are words, and it ends and begins what it marks. */
export type Run = {
  sign: string
  length: number
  left: number
  opens: boolean
  closes: boolean
  ends?: Mark[]
  begins?: Mark[]
}

/** The run that begins at `at`, left- and right-flanking as CommonMark has it, but for sums and CJK text. */
export function runAt(text: string, at: number): Run {
  const sign = text.charAt(at)
  let end = at
  while (text.charAt(end) === sign) end++
  const length = end - at
  const before = characterBefore(text, at)
  const after = characterAfter(text, end)
  // "2*3*4" is a product, "~5" an estimate.
  const isWords = (sign === '~' && length !== 2) || /^\d{2}$/.test(before + after)
  const isLeft = !isWords && flanks(after, before)
  const isRight = !isWords && flanks(before, after)
  const opens = isLeft && (sign !== '_' || !isRight || isPunctuation(before))
  const closes = isRight && (sign !== '_' || !isLeft || isPunctuation(after))
  return { sign, length, left: length, opens, closes }
}

/** CJK text has no spaces that would keep formatting from its punctuation. */
const flanks = (inside: string, outside: string): boolean =>
  !isSpace(inside) && (!isPunctuation(inside) || isSpace(outside) || isPunctuation(outside) || isCjk(outside))

/** Pairs the runs of one stretch of words. No opener is looked at in vain twice, so this is linear. */
export function pairRuns(runs: readonly Run[]): void {
  const open: Run[] = []
  const floors = new Map<string, number>()
  for (const run of runs) {
    if (run.closes) close(run, open, floors)
    if (run.opens && run.left > 0) open.push(run)
  }
}

function close(run: Run, open: Run[], floors: Map<string, number>): void {
  const kind = `${run.sign}${run.opens}${run.length % 3}`
  let place = open.length - 1
  for (; run.left > 0 && place >= (floors.get(kind) ?? 0); place--) {
    const opener = open[place]
    if (!opener || !fit(opener, run)) continue
    const used = Math.min(2, opener.left, run.left)
    const mark = run.sign === '~' ? 'strike' : used === 2 ? 'bold' : 'italic'
    for (const marks of [(opener.begins ??= []), (run.ends ??= [])]) marks.push(mark)
    opener.left -= used
    run.left -= used
    // Openers after the matched one can no longer match anything.
    open.length = opener.left > 0 ? place + 1 : place
    for (const [key, floor] of floors) floors.set(key, Math.min(floor, open.length))
    place = open.length
  }
  if (run.left > 0) floors.set(kind, open.length)
}

/** CommonMark's "multiple of 3" rule keeps `*a**b*` one emphasis. */
function fit(opener: Run, closer: Run): boolean {
  if (opener.sign !== closer.sign) return false
  const isAmbiguous = opener.closes || closer.opens
  return !isAmbiguous || (opener.length + closer.length) % 3 !== 0 || opener.length % 3 === 0
}
