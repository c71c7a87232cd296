import { messages as sdkMessages, z } from '@botpress/sdk'
import { BotpressError } from '../errors'
import type { Escalation, EscalationResult } from '../hitl-plugin'
import type { ChatMessage, ChatUser } from '../hitl/upstream'
import type { Payload, Tags } from '../types'
import { assertMatches } from '../validation'
import type { Conversation } from './conversation'

/** What a customer can send on one channel or another. A bloc may hold markdown, as the HITL interface has it. */
const TYPES = new Map<string, z.ZodTypeAny>(
  Object.entries({
    ...sdkMessages.defaults,
    markdown: sdkMessages.markdown,
    bloc: sdkMessages.markdownBloc,
    custom: { schema: z.record(z.unknown()) },
  }).map(([type, { schema }]) => [type, schema]),
)

/** What happens to a customer's wishes; the webchat decides. */
export type CustomerEvents = {
  wrote: (message: ChatMessage) => void
  escalate: (escalation: Escalation) => Promise<EscalationResult>
}

/** Someone who writes in the webchat. */
export class Customer {
  readonly #user: ChatUser
  readonly #conversation: Conversation
  readonly #events: CustomerEvents

  constructor(user: ChatUser, conversation: Conversation, events: CustomerEvents) {
    this.#user = user
    this.#conversation = conversation
    this.#events = events
  }

  get userId(): string {
    return this.#user.id
  }

  /** Empty for a customer without a name. */
  get name(): string {
    return this.#user.name ?? ''
  }

  /** What the plugin remembers of this customer; a test may change it. */
  get tags(): Tags {
    return this.#user.tags
  }

  get conversationId(): string {
    return this.#conversation.id
  }

  say(text: string): Promise<void> {
    return this.send({ type: 'text', payload: { text } })
  }

  /** Resolves once the message is written; `settled` of the stand-in tells when the agents have it. */
  async send({ type, payload }: { type: string; payload: Payload }): Promise<void> {
    const schema = TYPES.get(type)
    if (!schema) throw new BotpressError('InvalidPayload', `There are no messages of the type "${type}"`)
    assertMatches(schema, payload, `payload of the ${type} message`)
    const { id: userId, name, pictureUrl } = this.#user
    const face = { ...(name !== undefined && { name }), ...(pictureUrl !== undefined && { picture: pictureUrl }) }
    this.#events.wrote(this.#conversation.show({ who: 'customer', userId, ...face, type, payload }))
  }

  /** The flow reaches "Escalate to Human". */
  escalate(escalation: Escalation = {}): Promise<EscalationResult> {
    return this.#events.escalate(escalation)
  }

  end(): Promise<void> {
    return this.say('/end')
  }

  /** Everything that this customer sees, in order. */
  messages(): ChatMessage[] {
    return [...this.#conversation.messages]
  }

  /** Why the customer's escalations were refused, which only the bot's owner sees. */
  get refusals(): Conversation['refusals'] {
    return this.#conversation.refusals
  }

  waitFor(isWanted: (message: ChatMessage) => boolean, timeoutMs?: number): Promise<ChatMessage> {
    return this.#conversation.waitFor(isWanted, timeoutMs)
  }
}
