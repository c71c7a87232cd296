import { setTimeout as sleep } from 'node:timers/promises'
import type { Customer } from '../../botpress'
import type { Stack } from '../../stack'
import { waitUntil } from '../../wait-until'
import { addressOf } from '../open-chat'

/** Where something fails. */
export type Scene = { stack: Stack; customer: Customer; title: string }

/** The result in plain words; `isFine` if the integration handled the failure. */
export type Outcome = { isFine: boolean; text: string }

/** The bot's own answer, which is not a condition. */
const ANSWERS_WITHIN_MS = 1_000

/** Longer than the integration holds an agent's message for a new session. */
const SESSION_AGE_MS = 2_000

type Session = { conversationId: string; threadId: string }

/** The customer's session, if there is one. */
export function sessionOf({ stack: { botpress }, customer }: Omit<Scene, 'title'>): Session | undefined {
  const isOwn = (session: { isActive: boolean; upstreamConversationId: string }) =>
    session.isActive && session.upstreamConversationId === customer.conversationId
  const conversationId = botpress.plugin.sessions.find(isOwn)?.downstreamConversationId
  const threadId = botpress.conversations.find(({ id }) => id === conversationId)?.tags['id']
  return conversationId === undefined || threadId === undefined ? undefined : { conversationId, threadId }
}

/** The customer's session. Opens one if there is none. */
export async function openSession(scene: Scene): Promise<Session> {
  if (!sessionOf(scene)) {
    await escalate(scene.customer)
    await sleep(SESSION_AGE_MS)
  }
  const session = sessionOf(scene)
  if (!session) throw new Error('No session was opened.')
  return session
}

/**
 * Throws an error with the reason if no session opens. The customer writes first, because the plugin needs a new
 * message, and the bot answers.
 */
export async function escalate(customer: Customer): Promise<void> {
  const answered = customer.messages().length + 2
  await customer.say('My order came broken.')
  await waitUntil(() => customer.messages().length >= answered, ANSWERS_WITHIN_MS)
  const { ok, message } = await customer.escalate({ title: 'Broken order', userEmail: addressOf(customer.name) })
  if (!ok) throw new Error(message)
}

/** How often the customer sees a text. */
export const timesInChat = (customer: Customer, text: string): number =>
  customer.messages().filter((line) => line.text === text).length

export const times = (count: number): string => ['never', 'once', 'twice'][count] ?? `${count} times`

/** Makes texts unique, so that two attempts do not look like a repetition. */
let lastNumber = 0

export const numbered = (text: string): string => `${text} (no. ${++lastNumber})`
