import type { BotEvent, Message, Payload } from '../types'
import { CALLS } from './bot-calls'
import { handBack } from './ending'
import type { DownstreamHalf } from './halves'
import type { Drop, PluginParts } from './parts'
import { ADDITIONAL_DATA } from './tags'
import { textLine } from './upstream'
import { wording } from './wording'

/** A message that the integration wrote. */
export async function takeMessage(parts: PluginParts, message: Message): Promise<void> {
  const { makeCalls, store, upstream, agentCopies, switches } = parts
  const { conversationId, userId, type, payload } = message
  await makeCalls(CALLS.readsSession)
  const half = activeOrDrop(parts, { kind: 'message', type, conversationId })
  if (!half) return
  await makeCalls(CALLS.readsAgent)
  if (half.agentUserId === undefined && switches.assignsAuthors) await assign(parts, half, userId)
  await makeCalls(CALLS.writes)
  const line = { ...agentCopies.faceOf(store.users.get(userId)), type, ...contentOf(payload) }
  upstream.show(half.upstreamConversationId, line)
}

/**
 * An event of the integration. Tells whether the bot did something with it: one that names an active session reaches no
 * flow, whatever its type.
 */
export async function takeEvent(parts: PluginParts, event: BotEvent): Promise<boolean> {
  const { type, payload } = event
  const named = String(payload['conversationId'])
  await parts.makeCalls(CALLS.readsSession)
  if (type === 'hitlAssigned' || type === 'hitlStopped') {
    const half = activeOrDrop(parts, { kind: 'event', type, conversationId: named })
    if (!half) return false
    if (type === 'hitlAssigned') await assign(parts, half, String(payload['userId']))
    else await stop(parts, named)
    return true
  }
  if ([event.conversationId ?? '', named].some((id) => parts.halves.isActive(id))) return false
  parts.flowEvents.push(event)
  return true
}

function activeOrDrop({ halves, drops }: PluginParts, drop: Drop): DownstreamHalf | undefined {
  const half = halves.downstream(drop.conversationId)
  if (half?.isActive) return half
  drops.push(drop)
  return undefined
}

/** Announces at each call: an agent who is assigned already makes no difference. */
async function assign(parts: PluginParts, half: DownstreamHalf, agentUserId: string): Promise<void> {
  const { makeCalls, store, upstream, switches, agentCopies, halves } = parts
  const { upstreamConversationId } = half
  const agent = store.users.get(agentUserId)
  await makeCalls(CALLS.readsAuthor)
  if (switches.useHumanAgentInfo) agentCopies.make(agent, upstream.conversation(upstreamConversationId))
  await makeCalls(CALLS.announces)
  upstream.show(upstreamConversationId, textLine('system', wording.agentAssigned))
  await makeCalls(CALLS.marksAgent)
  halves.markAgent(half, agentUserId)
}

/** The check comes before the calls: an event that found the session active ends it, even when another one already has. */
async function stop(parts: PluginParts, downstreamConversationId: string): Promise<void> {
  const { makeCalls, halves } = parts
  const { upstreamConversationId = '' } = halves.downstream(downstreamConversationId) ?? {}
  await makeCalls(CALLS.marksEnd)
  halves.end(downstreamConversationId)
  handBack(parts, upstreamConversationId, wording.agentClosed)
}

/** What travels with the message becomes a tag of it. */
function contentOf({ userId: _, additionalData, ...payload }: Payload) {
  return { payload, ...(typeof additionalData === 'string' && { tags: { [ADDITIONAL_DATA]: additionalData } }) }
}
