import { characterAfter, characterBefore, isSpace, isWordCharacter } from '../../character'
import { PLAIN, type Span } from './span'

/** What could be taken for formatting inside a line. */
const SPECIAL = /\\|\*+|_+|~+|`+|<(?=[A-Za-z/!?]| ?$)|&(?=#?\w{1,32};)|[[\]]/g
const ASCII_PUNCTUATION = /^[!-/:-@[-`{-~]$/

/** The characters beside a text in its line: '' at the ends of the line, undefined where other formatting borders. */
export type Around = { before: string | undefined; after: string | undefined }

export function around(line: readonly Span[], index: number): Around {
  const { bold, italic, strike, link } = line[index] ?? PLAIN
  const isPlain = !bold && !italic && !strike && link === undefined
  return {
    before: isPlain && index === 0 ? '' : undefined,
    after: isPlain && index === line.length - 1 ? '' : undefined,
  }
}

/** Plain words as markdown that shows the same words; `risky` comes from `riskyDelimiters`. */
export function escapeText(span: Span, sides: Around, risky: ReadonlySet<string>): string {
  const { text } = span
  return text.replace(SPECIAL, (run: string, at: number) => {
    return isFormatting(run, { span, at, sides, risky }) ? run.replace(/./g, String.raw`\$&`) : run
  })
}

/**
 * The delimiters that would pair up in a paragraph: those that its formatting uses, and those that its words hold an
 * opening and a later closing one of. A lone asterisk needs no backslash.
 */
export function riskyDelimiters(lines: readonly (readonly Span[])[]): Set<string> {
  const risky = new Set<string>()
  const seen = new Set<string>()
  for (const line of lines) {
    for (const [index, span] of line.entries()) {
      for (const used of delimitersOf(span)) risky.add(used)
      if (span.raw || span.code) continue
      for (const { delimiter, opens, closes } of delimiterRuns(span.text, around(line, index))) {
        if (closes && seen.has(delimiter)) risky.add(delimiter)
        if (opens) seen.add(delimiter)
      }
    }
  }
  return risky
}

type Place = { span: Span; at: number; sides: Around; risky: ReadonlySet<string> }

function isFormatting(run: string, { span, at, sides, risky }: Place): boolean {
  if (run === '&') return true
  const next = nextTo(span.text, at + run.length, sides)
  switch (run) {
    case '\\':
      return next === undefined || ASCII_PUNCTUATION.test(next)
    case '<':
      return next === undefined || /^[A-Za-z/!?]$/.test(next)
    case '[':
      return span.link !== undefined
    case ']':
      return span.link !== undefined || next === undefined || next === '(' || next === ':'
    default: {
      if (!risky.has(run.charAt(0))) return false
      const { opens, closes } = flanks(run, nextBefore(span.text, at, sides), next)
      return opens || closes
    }
  }
}

function* delimiterRuns(text: string, sides: Around) {
  for (const { 0: run, index } of text.matchAll(/\*+|_+|~+|`+/g)) {
    const before = nextBefore(text, index, sides)
    yield { delimiter: run.charAt(0), ...flanks(run, before, nextTo(text, index + run.length, sides)) }
  }
}

/** Whether a run of delimiters could begin or end formatting: generous, since CommonMark's versions differ. */
function flanks(run: string, before: string | undefined, after: string | undefined) {
  if (before === undefined || after === undefined || run.startsWith('`')) return { opens: true, closes: true }
  if (run.startsWith('_') && isWordCharacter(before) && isWordCharacter(after)) return { opens: false, closes: false }
  return { opens: !isSpace(after), closes: !isSpace(before) }
}

// The outer spaces of formatted words are written outside of the formatting.
function nextBefore(text: string, at: number, { before }: Around): string | undefined {
  if (at === 0 || (before === undefined && at === 1 && text.startsWith(' '))) return before
  return characterBefore(text, at)
}

function nextTo(text: string, at: number, { after }: Around): string | undefined {
  if (at === text.length || (after === undefined && at === text.length - 1 && text.endsWith(' '))) return after
  return characterAfter(text, at)
}

function delimitersOf({ bold, italic, strike, code }: Span): string[] {
  return [bold ? '*' : '', italic ? '_' : '', strike ? '~' : '', code ? '`' : ''].filter((used) => used !== '')
}
