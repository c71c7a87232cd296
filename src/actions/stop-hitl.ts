import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { connectionOf } from '../installation/connection'
import { reason } from '../installation/explain'
import { PortalChanged } from '../installation/tokens'
import { foundSession, sessionOf } from '../session/session'

/**
 * Ends a session from the bot's side. It is marked as ended before the thread is closed, so that HubSpot's echo of
 * the closing does nothing. A thread that cannot be closed is reported and stops nobody: the customer is already
 * back with the bot, and the agent has read that the session is over.
 */
export const stopHitl: bp.IntegrationProps['actions']['stopHitl'] = async ({ ctx, client, input, logger }) => {
  const { conversation } = await client.getConversation({ id: input.conversationId })
  const session = sessionOf(conversation)
  const { threadId, portalId } = session
  if (foundSession(conversation).closedAt !== undefined) return {}
  await client.updateConversation({ id: conversation.id, tags: { closedAt: String(Date.now()) } })
  try {
    await connectionOf({ ctx, client }).portal(portalId).hubspot.conversations.close(threadId)
  } catch (thrown) {
    // The thread belongs to an account that is no longer connected.
    if (thrown instanceof PortalChanged) return {}
    if (!isHubSpotError(thrown)) throw thrown
    if (thrown.kind !== 'notFound')
      logger.forBot().warn(`HubSpot thread ${threadId} stays open: ${reason(thrown, ctx)}`)
  }
  return {}
}
