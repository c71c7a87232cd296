import type * as bp from '../bp'
import { shortened } from '../content/to-agent/split'
import type { Message } from '../hubspot/message'
import { isAutomated, isPerson } from '../people/agent'

type Ended = bp.Events['handoffEnded']

/** What is known of a session that has ended. Times are milliseconds since 1970, undefined for never. */
export type Handoff = Pick<Ended, 'sessionId' | 'threadId' | 'endedBy'> & {
  ticketId: string | undefined
  agent: { name: string; email: string | undefined } | undefined
  openedAt: number
  assignedAt: number | undefined
  /** When a person, and nothing automated, first answered. */
  answeredAt: number | undefined
  endedAt: number
  /** What people said after the opening, oldest first. */
  said: readonly { from: 'agent' | 'customer'; name: string | undefined; text: string }[]
}

const MOST_LINES = 20
/** As JSON in UTF-8. A line is at most half of it, so the newest always fits. */
const MOST_BYTES = 8_000
const LONGEST_TEXT = 600
const LONGEST_NAME = 50

/** The event that tells the bot what came of a session. */
export function handoffEnded({ ticketId, agent, answeredAt, assignedAt, said, ...rest }: Handoff): Ended {
  return {
    ...rest,
    ...(ticketId === undefined ? {} : { ticketId }),
    ...(agent && { agent: { name: agent.name, ...(agent.email === undefined ? {} : { email: agent.email }) } }),
    openedAt: iso(rest.openedAt),
    ...(assignedAt === undefined ? {} : { assignedAt: iso(assignedAt) }),
    ...(answeredAt === undefined ? {} : { answeredAt: iso(answeredAt) }),
    endedAt: iso(rest.endedAt),
    outcome: answeredAt === undefined ? 'missed' : 'answered',
    transcript: newest(said),
  }
}

/** An entry of a thread, as far as it matters here. */
export type Entry = Pick<Message, 'type' | 'direction' | 'receipt' | 'actorId' | 'senderName' | 'text' | 'createdAt'>

type Line = Handoff['said'][number] & { actorId: string | undefined; answeredAt: number | undefined }

/**
 * What people said after the opening, oldest first. An agent's words that the customer did not get are not among them;
 * those to the bot are, but are no answer.
 */
export const saidIn = (entries: readonly Entry[], openedAt: number): Line[] =>
  entries
    .map((entry) => ({ ...entry, createdAt: entry.createdAt ?? openedAt }))
    .sort((a, b) => a.createdAt - b.createdAt)
    .flatMap((entry): Line[] => {
      const { type, direction, receipt, actorId, senderName: name, text, createdAt } = entry
      if (type !== 'MESSAGE') return []
      if (direction === 'INCOMING') {
        // The request itself was published before the session was open.
        return createdAt < openedAt ? [] : [{ from: 'customer', name, text, actorId: undefined, answeredAt: undefined }]
      }
      if (receipt === 'FAILED' || !isPerson(actorId)) return []
      const words = wordsToBot(entry)
      const answeredAt = words === undefined ? createdAt : undefined
      return [{ from: 'agent', name, text: words ?? text, actorId, answeredAt }]
    })

/**
 * What an agent writes to the bot after `/bot`, which gives the customer back and may stand alone; undefined for any other
 * message.
 */
export function wordsToBot({ actorId = '', text }: Pick<Message, 'actorId' | 'text'>): string | undefined {
  if (isAutomated(actorId)) return undefined
  const [command, words = ''] = /^[\s\p{Cf}]*\/bot[.,:;!\p{Cf}]*(?:\s+([^]*))?$/iu.exec(text) ?? []
  return command === undefined ? undefined : words.trim()
}

const iso = (time: number): string => new Date(time).toISOString()

function newest(said: Handoff['said']): Ended['transcript'] {
  const lines = said
    .map(({ from, name = '', text }) => ({
      from,
      ...(name.trim() && { name: shortened(name, LONGEST_NAME) }),
      text: shortened(text, LONGEST_TEXT),
    }))
    .filter(({ text }) => text !== '')
    .slice(-MOST_LINES)
  while (Buffer.byteLength(JSON.stringify(lines)) > MOST_BYTES) lines.shift()
  return lines
}
