import { isHubSpotError } from '../hubspot/errors'
import { endSession, recordOf } from '../session/end-session'
import { progressOf, type Progress } from '../session/session'
import type { AgentMessage, EventProps } from './event'
import { deliverLostMessages, type Deliver } from './lost-messages'

const GIVEN_BACK = 'The customer is back with the bot and did not see "/bot". This conversation stays open.'

/** Gives the customer back to the bot and leaves the thread open: the case needs more than this conversation. */
export async function giveBack(event: AgentMessage, session: Progress, props: EventProps, deliver: Deliver) {
  const { client, logger, portal } = props
  const { conversation } = await client.getConversation({ id: session.conversationId })
  // This process may have remembered the session from before its end, and a second event would continue the flow twice.
  const progress = progressOf(conversation)
  if (progress.closedAt !== undefined) return
  const record = await recordOf(props, event.threadId)
  // Earlier words can arrive later.
  const entries = record ?? []
  const afterMessage = await deliverLostMessages(event, { session: progress, entries }, props, deliver)
  await endSession(props, progress, { endedBy: 'agent', closedAt: event.occurredAt, record, afterMessage })
  await portal.hubspot.conversations.comment(event.threadId, GIVEN_BACK).catch((thrown: unknown) => {
    const why = isHubSpotError(thrown) ? thrown.kind : 'unexpected'
    logger.warn(`HubSpot thread ${event.threadId} has no note that the customer is back with the bot (${why}).`)
  })
}
