import type { Payload, Tags } from '../types'

/** One line as the customer sees it. System lines are the plugin's own. */
export type ChatMessage = {
  id: string
  /** Milliseconds since 1970. */
  at: number
  who: 'customer' | 'bot' | 'agent' | 'system'
  /** The user who wrote, for customers and for agents with a face. */
  userId?: string
  name?: string
  picture?: string
  type: string
  payload: Payload
  tags?: Tags
  /** The payload's text, if it is a text. */
  text?: string
}

export type ChatLine = Omit<ChatMessage, 'id' | 'at' | 'text'>

/** `tags` holds what the plugin remembers of the user. */
export type ChatUser = { id: string; name?: string; pictureUrl?: string; tags: Tags }

/** A conversation of a channel that the bot lives in. */
export type ChatConversation = {
  id: string
  channel: string
  messages: readonly ChatMessage[]
}

/** The customer's side, as the plugin reaches it. */
export type Upstream = {
  /** Throws for an unknown conversation. */
  conversation: (id: string) => ChatConversation
  user: (id: string) => ChatUser | undefined
  show: (conversationId: string, line: ChatLine) => void
  /** The flow continues after the card that it waited at. */
  continueFlow: (conversationId: string) => void
}

export function textLine(who: ChatLine['who'], text: string): ChatLine {
  return { who, type: 'text', payload: { text } }
}
