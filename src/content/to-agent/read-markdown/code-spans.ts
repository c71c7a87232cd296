/** What a code span holds and where it ends. */
export type CodeSpan = { code: string; end: number }

type BacktickRun = { start: number; opensWith: number; closes: number; end: number }

/** The code spans of a text by where they begin: a run of backticks is closed by the next run of the same length. */
export function codeSpans(text: string): Map<number, CodeSpan> {
  const spans = new Map<number, CodeSpan>()
  const runs = backtickRuns(text)
  const closings = closingRuns(runs)
  let end = 0
  for (const [index, run] of runs.entries()) {
    const closing = closings[index]
    if (closing === undefined || run.start < end) continue
    end = closing.end
    const code = text.slice(run.start + run.opensWith, closing.end - closing.closes)
    spans.set(run.start, { code: withoutPadding(code.replaceAll('\n', ' ')), end })
  }
  return spans
}

/** A backslash before a run keeps its first backtick from opening, but not from closing: in code it means nothing. */
function backtickRuns(text: string): BacktickRun[] {
  return [...text.matchAll(/`+/g)].map(({ 0: run, index }) => {
    let backslashes = 0
    while (text.charAt(index - 1 - backslashes) === '\\') backslashes++
    const escaped = backslashes % 2
    return { start: index + escaped, opensWith: run.length - escaped, closes: run.length, end: index + run.length }
  })
}

/** Found from the end in one pass, so that many runs are no burden. */
function closingRuns(runs: readonly BacktickRun[]): (BacktickRun | undefined)[] {
  const next = new Map<number, BacktickRun>()
  const closings: (BacktickRun | undefined)[] = []
  for (let index = runs.length - 1; index >= 0; index--) {
    const run = runs[index]
    if (!run) continue
    closings[index] = run.opensWith === 0 ? undefined : next.get(run.opensWith)
    next.set(run.closes, run)
  }
  return closings
}

/** One space on both sides keeps backticks in the code from its fence. */
const withoutPadding = (code: string): string =>
  code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '' ? code.slice(1, -1) : code
