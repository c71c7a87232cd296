import { isHubSpotError } from '../hubspot/errors'
import { isAutomated } from '../people/agent'
import { endSession } from '../session/tell-bot'
import { progressOf, type Progress } from '../session/session'
import type { AgentMessage, EventProps } from './event'

const GIVEN_BACK = 'The customer is back with the bot and did not see "/bot". This conversation stays open.'

/**
 * What an agent writes to the bot after `/bot`, which gives the customer back and may stand alone; undefined for any other
 * message.
 */
export function wordsToBot({ actorId, text }: Pick<AgentMessage, 'actorId' | 'text'>): string | undefined {
  if (actorId === undefined || isAutomated(actorId)) return undefined
  const [command, words = ''] = /^\s*\/bot(?:\s+([^]*))?$/i.exec(text) ?? []
  return command === undefined ? undefined : words.trim()
}

/** Gives the customer back to the bot and leaves the thread open: the case needs more than this conversation. */
export async function giveBack(event: AgentMessage, session: Progress, { client, logger, portal }: EventProps) {
  const { conversation } = await client.getConversation({ id: session.conversationId })
  // This process may have remembered the session from before its end, and a second event would continue the flow twice.
  if (progressOf(conversation).closedAt !== undefined) return
  await endSession(client, session, { endedBy: 'agent', closedAt: event.occurredAt })
  await portal.hubspot.conversations.comment(event.threadId, GIVEN_BACK).catch((thrown: unknown) => {
    const why = isHubSpotError(thrown) ? thrown.kind : 'unexpected'
    logger.warn(`HubSpot thread ${event.threadId} has no note that the customer is back with the bot (${why}).`)
  })
}
