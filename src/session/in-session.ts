import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { PortalChanged } from '../installation/tokens'
import type { Session } from './session'

/**
 * Does something in a session's thread. A session that was opened before the connection moved to another account ends:
 * its thread, contact and inbox mean nothing there, and its agents are no longer heard. Then it throws `RuntimeError`.
 */
export async function inSession<T>(
  client: bp.Client,
  { id, session }: { id: string; session: Session },
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step()
  } catch (thrown) {
    if (!(thrown instanceof PortalChanged)) throw thrown
    await client.createEvent({ type: 'hitlStopped', payload: { conversationId: id } })
    await client.updateConversation({ id, tags: { closedAt: String(Date.now()) } })
    throw new RuntimeError(
      `The message was not delivered to HubSpot: this session was opened in HubSpot account ${session.portalId}, which is no longer connected. The session has ended; escalate again.`,
    )
  }
}
