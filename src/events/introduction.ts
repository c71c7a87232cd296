import { lineOf, textPart } from '../content/to-customer/reply-parts'
import { agentUser, NEUTRAL_NAME } from '../people/agent'
import { rememberProgress } from '../session/find-session'
import { LONGEST_TAG, progressOf, type Progress } from '../session/session'
import type { Piece } from './agent-files'
import type { AgentMessage, EventProps } from './event'

/**
 * Outside webchat, nothing tells the customer who writes. If the owner wants it, the first message of each agent in a
 * session begins with the agent's name. Resolves to undefined if this one does not.
 */
export async function nameToShow(event: AgentMessage, session: Progress, props: EventProps) {
  const { client, portal } = props
  const { actorId, senderName } = event
  if (!portal.settings.showAgentName || actorId === undefined || session.namedAgents.includes(actorId)) return undefined
  const { name } = await agentUser(portal, actorId, senderName)
  if (name === NEUTRAL_NAME) return undefined
  // Another process may have shown it.
  const { conversation } = await client.getConversation({ id: session.conversationId })
  const { namedAgents } = progressOf(conversation)
  if (!namedAgents.includes(actorId)) return name
  rememberProgress(portal, { ...session, namedAgents })
  return undefined
}

const STARTS_BLOCK = /^(?:\s|>|\||#{1,6}\s|[-+*]\s|([-*_~`])\1\1|\d+[.)]\s)/

/** A reply behind the name of its author, as markdown that also reads well as plain text. */
export function behindName(name: string, pieces: readonly Piece[]): Piece[] {
  const speaker = `${lineOf(name)}:`
  const [first, ...others] = pieces
  if (first?.part?.type !== 'text') return [{ part: textPart(speaker) }, ...pieces]
  const { text } = first.part.payload
  return [{ ...first, part: textPart(`${speaker}${STARTS_BLOCK.test(text) ? '\n\n' : ' '}${text}`) }, ...others]
}

/** Last, so that a message that fails half-way is repeated with the name. */
export async function markNamed({ actorId = '' }: AgentMessage, session: Progress, { client, portal }: EventProps) {
  const namedAgents = [...session.namedAgents, actorId]
  await client.updateConversation({
    id: session.conversationId,
    tags: { namedAgents: namedAgents.join(' ').slice(-LONGEST_TAG) },
  })
  rememberProgress(portal, { ...session, namedAgents })
}
