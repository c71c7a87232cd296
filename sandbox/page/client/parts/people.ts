import type { ChatView, SessionView } from '../../view'

/** Where a chat is: with the bot, waiting for an agent, or with one. */
export function stateOf({ sessions }: ChatView): { state: 'bot' | 'waiting' | 'agent'; words: string } {
  const session = sessions.at(-1)
  if (!session || session.closed) return { state: 'bot', words: 'bot' }
  if (!session.joined) return { state: 'waiting', words: 'waiting' }
  return { state: 'agent', words: session.agent ?? 'an agent' }
}

export const firstName = (name: string): string => (/^Guest \d/.test(name) ? name : (name.split(' ')[0] ?? name))

/** Two characters that differ where names do: GS for Grace Sample, G29 for Guest 29. */
export function initials(name: string): string {
  const [, first = '?', number, last = ''] = /^\s*(\S)\S*(?:.*\s(?:(\d+)|(\S)\S*))?\s*$/su.exec(name) ?? []
  return first.toUpperCase() + (number ?? last.toUpperCase())
}

/** Far apart for the first customers. */
const HUES = [275, 155, 330, 225, 45, 195, 300, 100]

/** A customer's colour, the same on both sides. */
export const colourOf = (chat = 0): string => `--hue: ${HUES[chat % HUES.length]}`

/** The session in one sentence. */
export function storyOf(customer: string, session: SessionView | undefined): string {
  const agent = session?.agent ?? 'An agent'
  if (!session) return `${customer} is chatting with the bot.`
  if (session.closed) {
    return !session.answered
      ? `${customer} asked for a person. The conversation ended before an agent answered; the bot has it again.`
      : `${customer} asked for a person. ${agent} answered and closed the conversation; the bot has it again.`
  }
  if (!session.joined) return `${customer} asked for a person and is waiting for an agent.`
  if (!session.answered) return `${customer} asked for a person. ${agent} has joined.`
  return `${customer} asked for a person. ${agent} is answering.`
}
