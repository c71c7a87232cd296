import type { Store } from '../store'
import { historyOf } from './history'
import { readId, Refused, type People, type RunAction } from './people'
import type { ChatConversation } from './upstream'

export type Escalation = {
  title?: string
  description?: string
  /** The card's "User Email". */
  userEmail?: string
  hitlSession?: Record<string, unknown>
}

export type OpeningParts = { people: People; runAction: RunAction; store: Store }

/** Asks the integration for a session and returns its conversation. Throws `Refused` with the integration's reason. */
export async function openSession(
  { people, runAction, store }: OpeningParts,
  upstream: ChatConversation,
  { userEmail, ...asked }: Escalation,
): Promise<string> {
  const [customer, ...others] = upstream.users
  if (!customer) throw new Error(`Conversation "${upstream.id}" has no user`)
  const userId = await people.introduce(customer, userEmail)
  // The history names users as the integration knows them, so everybody in it needs to be known there.
  const writers = others.filter(({ id }) => upstream.messages.some((message) => message.userId === id))
  await Promise.all(writers.map((user) => people.introduce(user)))
  const input = { userId, ...asked, messageHistory: historyOf(upstream.messages, (id) => people.find(id)) }
  const conversationId = readId(await runAction('startHitl', input), 'conversationId')
  if (!store.conversations.find(conversationId)) throw new Refused(`Conversation "${conversationId}" does not exist`)
  return conversationId
}
