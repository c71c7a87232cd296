import { botSays, simplestBot, type Bot } from './chat/bot'
import { Conversation } from './chat/conversation'
import { Customer } from './chat/customer'
import { BotpressError } from './errors'
import type { Escalation, EscalationResult } from './hitl-plugin'
import type { Escalating } from './hitl/opening'
import { textLine, type ChatLine, type ChatMessage, type ChatUser, type Upstream } from './hitl/upstream'
import { newId } from './ids'
import type { Pending } from './pending'

export { Customer }

/** `conversationId` joins a conversation that someone else opened, with the channel and the bot that it has. */
export type Opening = { name?: string; pictureUrl?: string; conversationId?: string; channel?: string; bot?: Bot }

/** Where a customer's messages and wishes go first. */
export type Router = {
  takeFromCustomer: (conversationId: string, message: ChatMessage) => Promise<boolean>
  escalate: (from: Escalating, escalation: Escalation) => Promise<EscalationResult>
}

/** The channels that the bot lives in; unless a conversation is given another one, the bot has one line. */
export class Webchat implements Upstream {
  readonly customers: Customer[] = []
  readonly #conversations = new Map<string, Conversation>()
  readonly #users = new Map<string, ChatUser>()
  readonly #pending: Pending
  readonly #router: () => Router

  constructor(pending: Pending, router: () => Router) {
    this.#pending = pending
    this.#router = router
  }

  open({ name, pictureUrl, conversationId, channel = 'webchat', bot = simplestBot }: Opening): Customer {
    const conversation =
      conversationId === undefined ? this.#newConversation(channel, bot) : this.conversation(conversationId)
    const user: ChatUser = {
      id: newId('user'),
      ...(name !== undefined && { name }),
      ...(pictureUrl !== undefined && { pictureUrl }),
      tags: {},
    }
    this.#users.set(user.id, user)
    const customer = new Customer(user, conversation, {
      wrote: (message) => this.#pending.inBackground(() => this.#handle(conversation, message)),
      escalate: (escalation) => this.#escalate(conversation, user.id, escalation),
    })
    this.customers.push(customer)
    return customer
  }

  conversation(id: string): Conversation {
    const conversation = this.#conversations.get(id)
    if (!conversation) throw new BotpressError('ResourceNotFound', `Conversation "${id}" does not exist`)
    return conversation
  }

  user(id: string): ChatUser | undefined {
    return this.#users.get(id)
  }

  show(conversationId: string, line: ChatLine): void {
    this.conversation(conversationId).show(line)
  }

  continueFlow(conversationId: string): void {
    this.show(conversationId, textLine('bot', botSays.back))
  }

  #newConversation(channel: string, bot: Bot): Conversation {
    const conversation = new Conversation(channel, bot)
    this.#conversations.set(conversation.id, conversation)
    for (const line of bot.greets()) conversation.show(line)
    return conversation
  }

  async #handle(conversation: Conversation, message: ChatMessage): Promise<void> {
    const isTaken = await this.#router().takeFromCustomer(conversation.id, message)
    if (isTaken) return
    const { says, escalation } = await conversation.bot.answers(message)
    for (const line of says) conversation.show(line)
    if (escalation) await this.#escalate(conversation, message.userId ?? '', escalation)
  }

  async #escalate(conversation: Conversation, userId: string, escalation: Escalation): Promise<EscalationResult> {
    const result = await this.#router().escalate({ conversationId: conversation.id, userId }, escalation)
    if (result.ok) return result
    conversation.refusals.push({ at: Date.now(), message: result.message ?? '' })
    for (const line of conversation.bot.isRefused()) conversation.show(line)
    return result
  }
}
