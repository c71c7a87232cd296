import type { Payload } from '../types'
import type { StandIns } from './stand-ins'
import type { ChatConversation, ChatMessage, Upstream } from './upstream'

export type HistoryEntry = {
  source: { type: 'user'; userId: string } | { type: 'bot' }
  type: string
  payload: Payload
}

/** How many messages Botpress lists at a time: the plugin never asks for a second page. */
const PAGE_SIZE = 20

/**
 * The newest page of the conversation, unchecked: whatever the bot's side shows, agents and the plugin's own lines
 * included, has the bot as its source. Messages are looked at side by side, so that a person without a stand-in is
 * created once for each of theirs.
 */
export function historyOf(
  { messages }: ChatConversation,
  standIns: StandIns,
  upstream: Upstream,
): Promise<HistoryEntry[]> {
  const sourceOf = async ({ who, userId = '' }: ChatMessage): Promise<HistoryEntry['source']> => {
    const user = who === 'customer' ? upstream.user(userId) : undefined
    return user ? { type: 'user', userId: await standIns.of(user) } : { type: 'bot' }
  }
  return Promise.all(
    messages.slice(-PAGE_SIZE).map(async (message) => {
      const { who, userId, type, payload } = message
      const speaker = who === 'agent' && userId !== undefined && { userId }
      return { source: await sourceOf(message), type, payload: { ...payload, type, ...speaker } }
    }),
  )
}
