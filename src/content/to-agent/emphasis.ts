import { append, type Linked } from '../span'
import { characterAfter, characterBefore, CJK } from '../text'

/** A run of `*`, `_` or `~`: `left` of its signs are words. */
type Run = { signs: string; left: number; opens: boolean; closes: boolean }
export type Token = Linked | Run

/** Only so many open signs and brackets are remembered, so that none is looked for far and wide. */
export const MOST_OPEN = 32

const PUNCTUATION = /^[\p{P}\p{S}]$/u
const INNER = /^[^\s\p{P}\p{S}]$/u
/** CJK text has no spaces that would keep formatting from its punctuation. */
const OUTER = new RegExp(String.raw`^[\s\p{P}\p{S}${CJK}]?$`, 'u')

/** Left- and right-flanking as CommonMark has it, but for sums and CJK text. */
export function runAt(text: string, at: number, signs: string): Run {
  const before = characterBefore(text, at)
  const after = characterAfter(text, at + signs.length)
  // "2*3*4" is a product, "x**2" a power, "~5" an estimate.
  const isSum = /(?:\d|(?<![\p{L}*])[a-z])\*+\d$/iu.test(text.slice(Math.max(0, at - 2), at + signs.length + 1))
  const isWords = isSum || (signs.startsWith('~') && signs.length !== 2)
  const isLeft = !isWords && flanks(after, before)
  const isRight = !isWords && flanks(before, after)
  const isFree = !signs.startsWith('_')
  const opens = isLeft && (isFree || !isRight || PUNCTUATION.test(before))
  const closes = isRight && (isFree || !isLeft || PUNCTUATION.test(after))
  return { signs, left: signs.length, opens, closes }
}

const flanks = (inside: string, outside: string): boolean =>
  INNER.test(inside) || (PUNCTUATION.test(inside) && OUTER.test(outside))

/** The words without the signs that format them. */
export function spansOf(tokens: readonly Token[]): Linked[] {
  pairRuns(tokens.filter(isRun))
  const spans: Linked[] = []
  for (const token of tokens)
    append(spans, isRun(token) ? { text: token.signs.slice(0, token.left), link: undefined } : token)
  return spans
}

const isRun = (token: Token): token is Run => 'left' in token

/** Pairs the runs of one stretch of words, the nearest first. */
function pairRuns(runs: readonly Run[]): void {
  const open: Run[] = []
  for (const run of runs) {
    for (let place = open.length - 1; run.closes && run.left > 0 && place >= 0; place--) {
      const opener = open[place]
      if (!opener || !fit(opener, run)) continue
      const used = Math.min(opener.left, run.left)
      opener.left -= used
      run.left -= used
      // Openers after the matched one can no longer match anything.
      open.length = opener.left > 0 ? place + 1 : place
      place = open.length
    }
    if (run.opens && run.left > 0 && open.push(run) > MOST_OPEN) open.shift()
  }
}

/** CommonMark's "multiple of 3" rule keeps `*a**b*` one emphasis. */
function fit(opener: Run, closer: Run): boolean {
  if (opener.signs.charAt(0) !== closer.signs.charAt(0)) return false
  const isAmbiguous = opener.closes || closer.opens
  return !isAmbiguous || (opener.signs.length + closer.signs.length) % 3 !== 0 || opener.signs.length % 3 === 0
}
