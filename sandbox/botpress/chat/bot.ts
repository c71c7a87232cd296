import type { Escalation } from '../hitl-plugin'
import { textLine, type ChatLine, type ChatMessage } from '../hitl/upstream'

/** What a bot does about a message: it says something, and perhaps asks for a person. */
export type BotAnswer = { says: ChatLine[]; escalation?: Escalation }

/** The flow behind a conversation, whenever no agent has it. */
export type Bot = {
  greets: () => ChatLine[]
  answers: (message: ChatMessage) => BotAnswer | Promise<BotAnswer>
  /** No session was opened. The reason is for the bot's owner, not for the customer. */
  isRefused: () => ChatLine[]
}

export const botSays = {
  anything: 'I am a bot. Ask for a person and I will hand you over.',
  refused: 'I could not reach a person. I am still here for you.',
  back: 'You are back with the bot.',
}

/** The shortest flow: only the escalation, which the caller starts. */
export const simplestBot: Bot = {
  greets: () => [],
  answers: () => ({ says: [textLine('bot', botSays.anything)] }),
  isRefused: () => [textLine('bot', botSays.refused)],
}
