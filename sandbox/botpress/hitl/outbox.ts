import type { Operations } from '../operations'
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

/** Writes into the integration's conversations as the bot's user. */
export class Outbox {
  readonly failures: Failure[] = []
  readonly #store: Store
  readonly #operations: Operations
  readonly #botUserId: string

  constructor(store: Store, operations: Operations, botUserId: string) {
    this.#store = store
    this.#operations = operations
    this.#botUserId = botUserId
  }

  async write(conversationId: string, type: string, payload: Payload): Promise<void> {
    const conversation = this.#store.conversations.get(conversationId)
    const message = this.#store.messages.create({
      type,
      payload,
      tags: {},
      conversationId,
      userId: this.#botUserId,
      channel: conversation.channel,
      direction: 'outgoing',
    })
    const result = await this.#deliver(conversation, message)
    if (!result.ok) this.fail(conversationId, type, result, message.id)
  }

  fail(conversationId: string, type: string, { status, message = '' }: OperationResult, messageId?: string): void {
    const about = { conversationId, ...(messageId !== undefined && { messageId }), type }
    this.failures.push({ ...about, status, message, at: Date.now() })
  }

  #deliver(conversation: Conversation, message: Message): Promise<OperationResult> {
    const { type, payload, createdAt } = message
    const user = { id: this.#botUserId, createdAt, updatedAt: createdAt, tags: {} }
    return this.#operations.run({
      operation: 'message_created',
      type,
      body: { type, payload, conversation, user, message },
    })
  }
}
