import { splitText } from './split'

/** What one note holds at most, in UTF-16 units; far below what HubSpot's editor shows well. */
const LONGEST_NOTE = 10_000
const MOST_NOTES = 8
/** What the heading leaves. */
const ROOM = LONGEST_NOTE - 120
const LONGEST_ENTRY = 2 * ROOM
const BETWEEN = '\n\n'

/**
 * Entries as a few notes, oldest first. They are packed from the end: when there are too many, the newest are kept and
 * the first note says how many are left out. An entry stays in one note unless it is longer than a note.
 */
export function notesOf(entries: readonly string[]): string[] {
  let notes: string[] = []
  let leftOut = entries.length
  while (leftOut > 0) {
    const more = withEarlier(entries[leftOut - 1] ?? '', notes)
    if (more.length > MOST_NOTES) break
    notes = more
    leftOut--
  }
  return notes.map((note, index) => `${heading(index + 1, notes.length, leftOut)}${BETWEEN}${note}`)
}

/** The notes with one more entry at their beginning. Pieces of one entry never share a note: together they are longer. */
function withEarlier(entry: string, notes: readonly string[]): string[] {
  const packed = [...notes]
  const pieces = splitText(shortened(entry), ROOM)
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    const [first] = packed
    const joined = `${piece}${BETWEEN}${first}`
    if (first === undefined || joined.length > ROOM) packed.unshift(piece)
    else packed[0] = joined
  }
  return packed
}

function heading(number: number, count: number, leftOut: number): string {
  if (count === 1) return 'Conversation so far:'
  const oldest = leftOut === 1 ? 'oldest message is' : `${leftOut} oldest messages are`
  const missing = number === 1 && leftOut > 0 ? `; the ${oldest} left out` : ''
  return `Conversation so far (part ${number} of ${count}${missing}):`
}

function shortened(entry: string): string {
  if (entry.length <= LONGEST_ENTRY) return entry
  const [start = ''] = splitText(entry.slice(0, LONGEST_ENTRY), LONGEST_ENTRY - 100)
  return `${start}\n[Message shortened: ${entry.length - start.length} more characters are not shown.]`
}
