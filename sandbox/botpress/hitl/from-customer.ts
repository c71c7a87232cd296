import { CALLS } from './bot-calls'
import { endSession, handBack } from './ending'
import type { UpstreamHalf } from './halves'
import type { PluginParts } from './parts'
import { textLine, type ChatMessage } from './upstream'
import { wording } from './wording'

const RELAYED = new Set(['text', 'image', 'audio', 'video', 'file', 'bloc'])

/** Tells whether the plugin took the message; if not, it is for the bot's own flow. */
export async function takeFromCustomer(
  parts: PluginParts,
  conversationId: string,
  message: ChatMessage,
): Promise<boolean> {
  await parts.makeCalls(CALLS.readsSession)
  const half = parts.halves.upstream(conversationId)
  if (!half?.isActive) return false
  if (isCommand(message, parts.switches.closeCommand)) {
    const isEnded = await endSession(parts, half.downstreamConversationId)
    if (isEnded) handBack(parts, conversationId, wording.customerClosed)
    return true
  }
  await relay(parts, half, { conversationId, message })
  return true
}

const isCommand = ({ text }: ChatMessage, command: string): boolean =>
  text?.trim().toLowerCase() === command.trim().toLowerCase()

type Written = { conversationId: string; message: ChatMessage }

async function relay(parts: PluginParts, half: UpstreamHalf, { conversationId, message }: Written): Promise<void> {
  const { makeCalls, upstream, standIns, outbox } = parts
  const { userId = '', type, payload } = message
  if (!RELAYED.has(type)) {
    upstream.show(conversationId, textLine('system', wording.refusedType(RELAYED)))
    return
  }
  await makeCalls(CALLS.readsAuthor)
  const writer = upstream.user(userId)
  const standInId = writer && standIns.find(writer)
  if (standInId === undefined) {
    // A person who was not there at the escalation. The other half keeps its mark.
    half.isActive = false
    upstream.show(conversationId, textLine('system', wording.aborted))
    return
  }
  await makeCalls(CALLS.writes)
  outbox.write(half.downstreamConversationId, type, { ...payload, userId: standInId })
}
