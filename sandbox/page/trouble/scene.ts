import { setTimeout as sleep } from 'node:timers/promises'
import type { Customer } from '../../botpress'
import type { ChatMessage } from '../../botpress/hitl/upstream'
import type { Stack } from '../../stack'
import { waitUntil } from '../../wait-until'
import { addressOf } from '../open-chat'

/** A customer's open session, in which something fails. */
export type Scene = { stack: Stack; customer: Customer; threadId: string; conversationId: string }

/** The result in plain words; `isFine` if the integration handled the failure. */
export type Outcome = { isFine: boolean; text: string }

export type Trouble = { title: string; description: string } & (
  | { needs: 'session'; play: (scene: Scene, title: string) => Promise<Outcome> }
  | { needs: 'customer'; play: (stack: Stack, customer: Customer) => Promise<Outcome> }
)

/** Longer than the 20 seconds after which the integration gives up. */
export const LONGEST_MS = 30_000

/** The bot's own answer, which is not a condition. */
const ANSWERS_WITHIN_MS = 1_000

/** Longer than the integration holds an agent's message for a new session. */
const SESSION_AGE_MS = 2_000

/** The customer's session. Opens one if there is none. */
export async function sceneOf(stack: Stack, customer: Customer): Promise<Scene> {
  if (sessionOf(stack, customer) === undefined) {
    const [team] = stack.hubspot.inboxes
    await escalate(customer, team?.id)
    await sleep(SESSION_AGE_MS)
  }
  const conversationId = sessionOf(stack, customer)
  const threadId = stack.botpress.conversations.find(({ id }) => id === conversationId)?.tags['id']
  if (conversationId === undefined || threadId === undefined) throw new Error('No session was opened.')
  return { stack, customer, threadId, conversationId }
}

/** The conversation of the customer's session, if there is one. */
export const sessionOf = ({ botpress }: Stack, { conversationId }: Customer): string | undefined =>
  botpress.plugin.sessions.find((session) => session.isActive && session.upstreamConversationId === conversationId)
    ?.downstreamConversationId

type Matter = { text: string; title: string }

const FAILURES: Matter = { text: 'Something is wrong.', title: 'A session with failures' }

/**
 * Throws an error with the reason if no session opens. The customer writes first, because the plugin needs a new
 * message, and the bot answers.
 */
export async function escalate(
  customer: Customer,
  inboxId?: string,
  { text, title }: Matter = FAILURES,
): Promise<void> {
  const answered = customer.messages().length + 2
  await customer.say(text)
  await waitUntil(() => customer.messages().length >= answered, ANSWERS_WITHIN_MS)
  const { ok, message } = await customer.escalate({
    title,
    userEmail: addressOf(customer.name),
    ...(inboxId !== undefined && { hitlSession: { inboxId } }),
  })
  if (!ok) throw new Error(message)
}

/** How often a text is in the thread. */
export const timesInThread = ({ stack, threadId }: Scene, text: string): number =>
  stack.hubspot.messages(threadId).filter((item) => item.type === 'MESSAGE' && item.text === text).length

/** How often the customer sees a line. */
export const timesInChat = (customer: Customer, isLine: (line: ChatMessage) => boolean): number =>
  customer.messages().filter(isLine).length

export const times = (count: number): string => ['never', 'once', 'twice'][count] ?? `${count} times`

/** Makes texts unique, so that two attempts do not look like a repetition. */
let lastNumber = 0

export function numbered(text: string): string {
  lastNumber += 1
  return `${text} (no. ${lastNumber})`
}
