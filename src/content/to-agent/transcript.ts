import { asText } from './as-text'
import { markdownToText } from './markdown-to-text'
import type { ChatMessage } from './message'
import { notesOf } from './notes'

export type HistoryEntry = ChatMessage & { source: { type: 'user'; userId: string } | { type: 'bot' } }

type Customer = { userId: string; name: string }

/** The conversation so far as a few notes for the agent, oldest first; none when nothing was said. */
export function transcriptNotes(history: readonly HistoryEntry[], customer: Customer): string[] {
  const name = customer.name.replace(/\s+/g, ' ').trim() || 'Customer'
  const nameOf = speakers({ ...customer, name })
  const quoted = withoutFalseSpeakers(name)
  return notesOf(
    history.map((entry) => `${nameOf(entry.source)}: ${quoted(words(entry).trim() || '(nothing to read)')}`),
  )
}

function words(message: ChatMessage): string {
  if (message.type === 'markdown') return markdownToText(message.payload.markdown)
  if (message.type === 'bloc') return message.payload.items.map(words).join('\n\n')
  return asText(message)
}

/** A group chat has further people in it, whom nobody has named to us. */
function speakers(customer: Customer): (source: HistoryEntry['source']) => string {
  const others = new Map<string, string>()
  return (source) => {
    if (source.type === 'bot') return 'Bot'
    if (source.userId === customer.userId) return customer.name
    const name = others.get(source.userId) ?? `Person ${others.size + 2}`
    others.set(source.userId, name)
    return name
  }
}

/** "Bot: You get a refund." on a line of a customer's message must not look like the bot's. */
function withoutFalseSpeakers(name: string): (text: string) => string {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  const label = new RegExp(String.raw`\n(?=[^\S\n]*(?:Bot|Person \d+|${escaped}):)`, 'gi')
  return (text) => text.replace(label, '\n> ')
}
