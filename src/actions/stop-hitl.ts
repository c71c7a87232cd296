import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { connectionOf } from '../installation/connection'
import { reason } from '../installation/explain'
import { isOfConnectedAccount } from '../session/other-account'
import { foundSession, sessionOf } from '../session/session'

/**
 * Ends a session from the bot's side. It is marked as ended before the thread is closed, so that HubSpot's echo of
 * the closing does nothing. A thread that cannot be closed is reported and stops nobody: the customer is already
 * back with the bot, and the agent has read that the session is over.
 */
export const stopHitl: bp.IntegrationProps['actions']['stopHitl'] = async ({ ctx, client, input, logger }) => {
  const { conversation } = await client.getConversation({ id: input.conversationId })
  const session = sessionOf(conversation)
  const { threadId } = session
  if (foundSession(conversation).closedAt !== undefined) return {}
  await client.updateConversation({ id: conversation.id, tags: { closedAt: String(Date.now()) } })
  try {
    const connection = connectionOf({ ctx, client })
    if (await isOfConnectedAccount(connection, session)) await connection.hubspot.conversations.close(threadId)
  } catch (thrown) {
    if (!isHubSpotError(thrown)) throw thrown
    if (thrown.kind !== 'notFound')
      logger.forBot().warn(`HubSpot thread ${threadId} stays open: ${reason(thrown, ctx)}`)
  }
  return {}
}
