import type { Payload } from '../types'

/** One line as the customer sees it. System lines are the plugin's own. */
export type ChatMessage = {
  id: string
  /** Milliseconds since 1970. */
  at: number
  who: 'customer' | 'bot' | 'agent' | 'system'
  /** The user who wrote, for customers. */
  userId?: string
  name?: string
  picture?: string
  type: string
  payload: Payload
  /** The payload's text, if it is a text. */
  text?: string
}

export type ChatLine = Omit<ChatMessage, 'id' | 'at' | 'text'>

export type ChatUser = { id: string; name: string; pictureUrl?: string }

/** A conversation of the channel that the bot lives in; the first user is who opened it. */
export type ChatConversation = {
  id: string
  users: readonly ChatUser[]
  messages: readonly ChatMessage[]
}

/** The customer's side, as the plugin reaches it. */
export type Upstream = {
  /** Throws for an unknown conversation. */
  conversation: (id: string) => ChatConversation
  show: (conversationId: string, line: ChatLine) => void
  /** The session is over and the flow goes on. */
  resume: (conversationId: string) => void
}

export function textLine(who: ChatLine['who'], text: string): ChatLine {
  return { who, type: 'text', payload: { text } }
}
