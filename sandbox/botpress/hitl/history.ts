import type { Payload } from '../types'
import type { ChatMessage } from './upstream'

/** What the interface's messageHistory can hold. */
const TYPES = new Set('text image audio video file location carousel card choice dropdown markdown bloc'.split(' '))

export type HistoryEntry = {
  source: { type: 'user'; userId: string } | { type: 'bot' }
  type: string
  payload: Payload
}

/**
 * The conversation so far, with each customer named by the user that stands for them at the integration. What the bot's
 * side shows has the bot as its source, an agent of an earlier session and the plugin's own lines included.
 */
export function historyOf(
  messages: readonly ChatMessage[],
  standInOf: (userId: string) => string | undefined,
): HistoryEntry[] {
  const shown = messages.filter(({ type }) => TYPES.has(type))
  return shown.map(({ userId, type, payload }) => {
    const standIn = userId === undefined ? undefined : standInOf(userId)
    return { source: standIn === undefined ? { type: 'bot' } : { type: 'user', userId: standIn }, type, payload }
  })
}
