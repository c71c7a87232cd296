import { CALLS } from './bot-calls'
import { watchForAgent } from './ending'
import { historyOf } from './history'
import type { PluginParts } from './parts'
import { readId, Refused } from './stand-ins'
import { addTag, UPSTREAM } from './tags'
import { textLine, type ChatConversation } from './upstream'
import { SILENT } from './wording'

/** The card "Escalate to Human". */
export type Escalation = {
  title?: string
  description?: string
  /** The card's "User Email". */
  userEmail?: string
  hitlSession?: Record<string, unknown>
}

/** Whose flow has come to the card, and where. */
export type Escalating = { conversationId: string; userId: string }

/**
 * Returns the integration's conversation, or undefined where the plugin keeps silent: while a session is active, and
 * when no customer has written since one was started. Throws `Refused` with the integration's reason.
 */
export async function openSession(
  parts: PluginParts,
  { conversationId: upstreamConversationId, userId }: Escalating,
  { userEmail, ...asked }: Escalation,
): Promise<string | undefined> {
  const { upstream, switches, standIns, runAction, makeCalls, halves, store } = parts
  const conversation = upstream.conversation(upstreamConversationId)
  const customer = upstream.user(userId)
  if (!customer) throw new Error(`User "${userId}" does not exist`)
  await makeCalls(CALLS.readsSession)
  const startMessageId = newestOfCustomers(conversation)
  const half = halves.upstream(upstreamConversationId)
  if (half && (half.isActive || half.startMessageId === startMessageId)) return undefined

  await makeCalls(CALLS.writes)
  const { escalationStartedMessage } = switches
  if (escalationStartedMessage !== SILENT) {
    upstream.show(upstreamConversationId, textLine('system', escalationStartedMessage))
  }
  const standInId = await standIns.of(customer, userEmail)
  const messageHistory = await historyOf(conversation, standIns, upstream)
  const started = await runAction('startHitl', { userId: standInId, ...asked, messageHistory })
  const downstreamConversationId = readId(started, 'conversationId')
  if (!store.conversations.find(downstreamConversationId)) {
    throw new Refused(`Conversation "${downstreamConversationId}" does not exist`)
  }

  await makeCalls(CALLS.linksSession)
  addTag(store.conversations, downstreamConversationId, { [UPSTREAM]: upstreamConversationId })
  halves.link({ upstreamConversationId, downstreamConversationId, startMessageId })
  watchForAgent(parts, downstreamConversationId)
  return downstreamConversationId
}

function newestOfCustomers({ messages }: ChatConversation): string | undefined {
  const written = messages.filter(({ who }) => who === 'customer')
  return written[written.length - 1]?.id
}
