/** `next` is the number of the next item; `sign` tells a list from the one before it, with which it would merge. */
export type List = { ordered: boolean; sign: string; next: number }

/** What lines are in. An item's marker is written once, before its first lines. */
export type Container = { kind: 'quote' } | { kind: 'item'; list: List; marker: string; isWritten: boolean }

export type PlacedLines = { within: readonly Container[]; lines: readonly string[] }

export function compose(blocks: readonly PlacedLines[]): string {
  const out: string[] = []
  let previous: readonly Container[] = []
  for (const { within, lines } of blocks) {
    const shared = sharedDepth(previous, within)
    if (out.length > 0) {
      out.push(follows(previous, within, shared) ? '\n' : `\n${indentation(within.slice(0, shared)).trimEnd()}\n`)
    }
    const first = within.map(opening).join('')
    const rest = indentation(within)
    out.push(lines.map((line, index) => (index === 0 ? first : line === '' ? rest.trimEnd() : rest) + line).join('\n'))
    previous = within
  }
  return out.join('')
}

function sharedDepth(previous: readonly Container[], within: readonly Container[]): number {
  let shared = 0
  while (shared < within.length && within[shared] === previous[shared]) shared++
  return shared
}

/** Items follow each other, and a list the words of its item, without an empty line. */
function follows(previous: readonly Container[], within: readonly Container[], shared: number): boolean {
  const item = within[shared]
  if (item?.kind !== 'item') return false
  const before = previous[shared]
  const isNext = before?.kind === 'item' && before.list === item.list
  const isNested = within[shared - 1]?.kind === 'item'
  return (isNext || isNested) && within.slice(isNext ? shared + 1 : shared).every(canFollowWords)
}

/** Right below a line of words, only a list that begins with 1 is read as one. */
const canFollowWords = (container: Container): boolean =>
  container.kind === 'quote' || !container.list.ordered || /^1\D/.test(container.marker)

function opening(container: Container): string {
  if (container.kind === 'quote') return '> '
  if (container.isWritten) return ' '.repeat(container.marker.length)
  container.isWritten = true
  return container.marker
}

const indentation = (within: readonly Container[]): string =>
  within.map((container) => (container.kind === 'quote' ? '> ' : ' '.repeat(container.marker.length))).join('')
