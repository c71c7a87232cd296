import { asText } from './as-text'
import type { Message } from './message'
import { splitText } from './split'

export type HistoryEntry = Message & { source: { type: 'user'; userId: string } | { type: 'bot' } }

/** What one note holds at most, in UTF-16 units; far below what HubSpot's editor shows well. */
const LONGEST_NOTE = 10_000

/** The conversation so far as notes for the agent, oldest first; none when nothing was said. */
export function transcriptNotes(
  history: readonly HistoryEntry[],
  customer: { userId: string; name: string },
): string[] {
  if (history.length === 0) return []
  const nameOf = speakers(customer)
  const lines = history.map((entry) => `${nameOf(entry.source)}: ${asText(entry)}`)
  return splitText(`The conversation so far:\n\n${lines.join('\n\n')}`, LONGEST_NOTE)
}

/** A group chat has further people in it, whom nobody has named to us. */
function speakers(customer: { userId: string; name: string }): (source: HistoryEntry['source']) => string {
  const others: string[] = []
  return (source) => {
    if (source.type === 'bot') return 'Bot'
    if (source.userId === customer.userId) return customer.name || 'Customer'
    if (!others.includes(source.userId)) others.push(source.userId)
    return `Person ${others.indexOf(source.userId) + 2}`
  }
}
