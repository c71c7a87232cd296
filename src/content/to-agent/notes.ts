import { splitText } from './split'

/** What one note holds at most, in UTF-16 units; far below what HubSpot's editor shows well. */
const LONGEST_NOTE = 10_000
const MOST_NOTES = 8
/** What is left beside the heading. */
const ROOM = LONGEST_NOTE - 120
const BETWEEN = '\n\n'
const LONGEST_PIECE = ROOM - BETWEEN.length
const LONGEST_ENTRY = 2 * LONGEST_PIECE

/**
 * Entries as a few notes, oldest first. When there are too many the newest are kept and the first note says how many
 * are missing; an entry stays in one note unless it is longer than a note.
 */
export function notesOf(entries: readonly string[]): string[] {
  const first = firstThatFits(entries)
  const notes = packed(entries.slice(first))
  return notes.map((note, index) => `${heading(index === 0 ? first : 0, index + 1, notes.length)}\n\n${note}`)
}

/** Filled from the end, so that the newest are kept. Filling from the start takes no more notes than that. */
function firstThatFits(entries: readonly string[]): number {
  let notes = 1
  let used = 0
  for (let index = entries.length - 1; index >= 0; index--) {
    const parts = pieces(entries[index] ?? '')
    for (let part = parts.length - 1; part >= 0; part--) {
      const needed = (parts[part]?.length ?? 0) + BETWEEN.length
      if (used + needed > ROOM) notes++
      used = used + needed > ROOM ? needed : used + needed
    }
    if (notes > MOST_NOTES) return index + 1
  }
  return 0
}

const pieces = (entry: string): string[] => splitText(shortened(entry), LONGEST_PIECE)

function packed(entries: readonly string[]): string[] {
  const notes: string[] = []
  for (const entry of entries) {
    for (const [index, piece] of pieces(entry).entries()) {
      const last = notes.at(-1)
      const joined = `${last}${index === 0 ? BETWEEN : ''}${piece}`
      if (last === undefined || joined.length > ROOM) notes.push(piece)
      else notes[notes.length - 1] = joined
    }
  }
  return notes
}

function heading(missing: number, number: number, count: number): string {
  const without = missing === 0 ? '' : `, without the ${missing === 1 ? '' : `${missing} `}earliest message`
  const plural = missing > 1 ? 's' : ''
  return `The conversation so far${without}${plural}${count === 1 ? '' : ` (${number} of ${count})`}:`
}

function shortened(entry: string): string {
  if (entry.length <= LONGEST_ENTRY) return entry
  const [start = ''] = splitText(entry.slice(0, LONGEST_ENTRY), LONGEST_ENTRY - 100)
  return `${start}\n[This message is shortened: ${entry.length - start.length} more characters are not shown here.]`
}
