import { randomUUID } from 'node:crypto'
import { waitUntil } from '../../wait-until'
import type { ChatConversation, ChatLine, ChatMessage } from '../hitl/upstream'
import { newId } from '../ids'
import type { Bot } from './bot'

const DEFAULT_WAIT_MS = 5000

/** What one chat window shows. */
export class Conversation implements ChatConversation {
  readonly id = newId('conv')
  readonly messages: ChatMessage[] = []
  /** Why escalations were refused, for the bot's owner. */
  readonly refusals: { at: number; message: string }[] = []
  readonly channel: string
  readonly bot: Bot

  constructor(channel: string, bot: Bot) {
    this.channel = channel
    this.bot = bot
  }

  show(line: ChatLine): ChatMessage {
    const text = line.payload['text']
    const message = { id: randomUUID(), at: Date.now(), ...line, ...(typeof text === 'string' && { text }) }
    this.messages.push(message)
    return message
  }

  /** The first message, shown already or later, that is wanted. */
  async waitFor(isWanted: (message: ChatMessage) => boolean, timeoutMs = DEFAULT_WAIT_MS): Promise<ChatMessage> {
    const found = await waitUntil(() => this.messages.find(isWanted), timeoutMs)
    if (found) return found
    const seen = this.messages.map(({ who, type, text }) => `${who}: ${text ?? type}`).join('\n')
    throw new Error(`No such message within ${timeoutMs} ms. The customer sees:\n${seen}`)
  }
}
