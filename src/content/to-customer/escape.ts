import { characterAfter, characterBefore, isWordCharacter } from '../character'
import type { Span } from '../span'

/** Beside words, for formatting or an address: whatever the words need there is escaped. */
export const BORDER = '\ufdd2'

/** A sign in words, and before what it is read as markup. */
const MARKUP: ReadonlyMap<string, RegExp> = new Map([
  ['\\', new RegExp(`^[!-/:-@[-\`{-~${BORDER}]`)],
  ['<', new RegExp(`^[A-Za-z/!?${BORDER}]`)],
  ['&', new RegExp(`^#?\\w{0,32}[;${BORDER}]`)],
  ['[', new RegExp(`^${BORDER}`)],
  [']', new RegExp(`^[(:[${BORDER}]`)],
])
const SIGNS = /([*_~`])\1*/g
const SPECIAL = /([*_~`])\1*|[\\<&[\]]|:(?=\/\/)|!(?=\[)/g
const USED = [
  ['bold', '*'],
  ['italic', '_'],
  ['strike', '~'],
  ['code', '`'],
] as const

/**
 * The signs that would pair up in a paragraph: those that its formatting uses, and those of which its words hold an
 * opening and a later closing one. A lone asterisk needs no backslash.
 */
export function riskySigns(spans: readonly Span[]): Set<string> {
  const risky = new Set<string>()
  const opened = new Set<string>()
  for (const span of spans) {
    for (const [look, sign] of USED) if (span[look]) risky.add(sign)
    // Not every renderer sees that code holds no end of a link.
    if (span.code && /[\]`]/.test(span.text)) risky.add('[')
    const words = span.code ? '' : `${BORDER}${wordsOf(span)}${BORDER}`
    for (const { 0: run, index } of words.matchAll(SIGNS)) {
      const { opens, closes } = flanks(words, index, run)
      if (closes && opened.has(run.charAt(0))) risky.add(run.charAt(0))
      if (opens) opened.add(run.charAt(0))
    }
  }
  return risky
}

/** Plain words as markdown that shows the same words, between two sides: a space or a border. */
export function escapeText(span: Span, [before, after]: readonly [string, string], risky: ReadonlySet<string>): string {
  const isLink = span.link !== undefined
  const words = wordsOf(span)
  const padded = `${before}${words}${after}`
  const escaped = padded.replace(SPECIAL, (run: string, sign: string | undefined, at: number) => {
    const { opens, closes } = flanks(padded, at, run)
    // Renderers differ in where a link ends behind brackets, backticks and addresses among its words.
    const isOfLink = isLink && (run === ':' ? /[[\]\\<&]/.test(words) : /[[\]!`]/.test(run))
    const isFormatting = sign !== undefined && risky.has(sign) && (opens || closes)
    const isOpening = run === '[' && risky.has(run)
    const isMarkup = isOfLink || isOpening || isFormatting || MARKUP.get(run)?.test(padded.slice(at + 1, at + 36))
    return isMarkup ? run.replace(/./g, String.raw`\$&`) : run
  })
  return span.text.replace(words, () => escaped.slice(1, -1))
}

/** Outside of formatted words their outer spaces are written. */
const wordsOf = ({ text, bold, italic, strike, link }: Span): string =>
  bold || italic || strike || link ? text.trim() : text

/** Whether a run of signs could begin or end formatting: generous, since CommonMark's versions differ. */
function flanks(words: string, at: number, run: string): { opens: boolean; closes: boolean } {
  const before = characterBefore(words, at)
  const after = characterAfter(words, at + run.length)
  const isInWord = run.startsWith('_') && isWordCharacter(before) && isWordCharacter(after)
  const isCode = run.startsWith('`')
  return { opens: isCode || (!isInWord && /\S/.test(after)), closes: isCode || (!isInWord && /\S/.test(before)) }
}
