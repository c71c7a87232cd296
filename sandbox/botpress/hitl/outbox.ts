import type { Operations } from '../operations'
import type { Pending } from '../pending'
import type { Store } from '../store'
import type { Conversation, Message, OperationResult, Payload } from '../types'

/** What the integration did not take: Botpress shows the reason to the bot's owner and does not try again. */
export type Failure = {
  conversationId: string
  /** Absent when an action failed. */
  messageId?: string
  /** Type of the message, or name of the action. */
  type: string
  status: number
  message: string
  /** Milliseconds since 1970. */
  at: number
}

type OutboxParts = { store: Store; operations: Operations; pending: Pending; botUserId: string }

/** Writes into the integration's conversations as the bot's user. */
export class Outbox {
  readonly failures: Failure[] = []
  readonly #parts: OutboxParts

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  /** The message is there at once and delivered in the background, beside whatever else is under way. */
  write(conversationId: string, type: string, payload: Payload): void {
    const { store, pending, botUserId: userId } = this.#parts
    const conversation = store.conversations.get(conversationId)
    const { channel } = conversation
    const content = { type, payload: { ...payload, type }, tags: {} }
    const message = store.messages.create({ ...content, conversationId, userId, channel, direction: 'outgoing' })
    void pending.track(this.#deliver(conversation, message))
  }

  fail(conversationId: string, type: string, { status, message = '' }: OperationResult, messageId?: string): void {
    const about = { conversationId, ...(messageId !== undefined && { messageId }), type }
    this.failures.push({ ...about, status, message, at: Date.now() })
  }

  async #deliver(conversation: Conversation, message: Message): Promise<void> {
    const { type, payload, createdAt } = message
    const user = { id: this.#parts.botUserId, createdAt, updatedAt: createdAt, tags: {} }
    const body = { type, payload, conversation, user, message }
    const result = await this.#parts.operations.run({ operation: 'message_created', type, body })
    if (!result.ok) this.fail(conversation.id, type, result, message.id)
  }
}
