import { asText } from './as-text'
import { readEntry, type HistoryEntry } from './history'
import { markdownToText } from './markdown-to-text'
import type { ChatMessage } from './message'
import { notesOf } from './notes'

type NamedCustomer = { userId: string; name: string }

/** The conversation so far as a few notes for the agent, oldest first; none when nothing was said. */
export function transcriptNotes(given: readonly unknown[], { userId, name }: NamedCustomer): string[] {
  const history = given.map(readEntry)
  const customer = { userId, name: name.replace(/\s+/g, ' ').trim() || 'Customer' }
  const nameOf = speakers(history, customer)
  const entries = history.map((entry) => {
    const said = words(entry).trim() || '(empty message)'
    return `${nameOf(entry.source)}: ${quoteFalseSpeakers(said, customer.name)}`
  })
  return notesOf(entries)
}

function words(message: ChatMessage): string {
  if (message.type === 'markdown') return markdownToText(message.payload.markdown)
  if (message.type === 'bloc') return message.payload.items.map(words).join('\n\n')
  return asText(message)
}

/** A group chat has other members, whose names we are not given: they are numbered, with the customer as the first. */
function speakers(
  history: readonly HistoryEntry[],
  customer: NamedCustomer,
): (source: HistoryEntry['source']) => string {
  const writers = history.flatMap(({ source }) => (source.type === 'user' ? [source.userId] : []))
  const people = [...new Set([customer.userId, ...writers])]
  return (source) => {
    if (source.type === 'bot') return 'Bot'
    return source.userId === customer.userId ? customer.name : `Person ${people.indexOf(source.userId) + 1}`
  }
}

/** "Bot: You get a refund." on a line of a customer's message must not look like the bot's. */
function quoteFalseSpeakers(text: string, customerName: string): string {
  const [first, ...others] = text.split('\n')
  const isFalse = (line: string) =>
    /^\s*(?:Bot|Person \d+):/i.test(line) || line.trimStart().toLowerCase().startsWith(`${customerName.toLowerCase()}:`)
  return [first, ...others.map((line) => (isFalse(line) ? `> ${line}` : line))].join('\n')
}
