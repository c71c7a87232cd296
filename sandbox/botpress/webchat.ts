import { botSays } from './chat/bot'
import { Conversation } from './chat/conversation'
import { Customer } from './chat/customer'
import { BotpressError } from './errors'
import type { Escalation, EscalationResult } from './hitl-plugin'
import { textLine, type ChatLine, type ChatMessage, type Upstream } from './hitl/upstream'
import { newId } from './ids'
import type { Pending } from './pending'

export { Customer }

/** `conversationId` joins a conversation that someone else opened. */
export type Opening = { name: string; pictureUrl?: string; conversationId?: string }

/** Where a customer's messages and wishes go first. */
export type Router = {
  takeFromCustomer: (conversationId: string, message: ChatMessage) => Promise<boolean>
  escalate: (conversationId: string, escalation: Escalation) => Promise<EscalationResult>
}

/** The channel that the bot lives in, with a bot of one line. */
export class Webchat implements Upstream {
  readonly customers: Customer[] = []
  readonly #conversations = new Map<string, Conversation>()
  readonly #pending: Pending
  readonly #router: () => Router

  constructor(pending: Pending, router: () => Router) {
    this.#pending = pending
    this.#router = router
  }

  open({ name, pictureUrl, conversationId }: Opening): Customer {
    const conversation = conversationId === undefined ? this.#newConversation() : this.conversation(conversationId)
    const user = { id: newId('user'), name, ...(pictureUrl !== undefined && { pictureUrl }) }
    conversation.users.push(user)
    const customer = new Customer(user, conversation, {
      wrote: (message) => this.#pending.inBackground(() => this.#handle(conversation, message)),
      escalate: (escalation) => this.#escalate(conversation, escalation),
    })
    this.customers.push(customer)
    return customer
  }

  conversation(id: string): Conversation {
    const conversation = this.#conversations.get(id)
    if (!conversation) throw new BotpressError('ResourceNotFound', `Conversation "${id}" does not exist`)
    return conversation
  }

  show(conversationId: string, line: ChatLine): void {
    this.conversation(conversationId).show(line)
  }

  resume(conversationId: string): void {
    this.show(conversationId, textLine('bot', botSays.back))
  }

  #newConversation(): Conversation {
    const conversation = new Conversation()
    this.#conversations.set(conversation.id, conversation)
    return conversation
  }

  async #handle(conversation: Conversation, message: ChatMessage): Promise<void> {
    const isTaken = await this.#router().takeFromCustomer(conversation.id, message)
    if (!isTaken) conversation.show(textLine('bot', botSays.anything))
  }

  async #escalate(conversation: Conversation, escalation: Escalation): Promise<EscalationResult> {
    const result = await this.#router().escalate(conversation.id, escalation)
    conversation.show(textLine('bot', result.ok ? botSays.handedOver : botSays.refused))
    return result
  }
}
