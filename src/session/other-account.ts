import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import type { Connection } from '../installation/connection'
import type { Session } from './session'

/** Whether the session's thread is one of the account that is connected now. */
export async function isOfConnectedAccount({ tokens }: Connection, { portalId }: Session): Promise<boolean> {
  if (portalId === (await tokens.portalId())) return true
  // The session may be younger than what this process remembers.
  return portalId === (await tokens.portalIdNow())
}

/**
 * A session that was opened before the connection moved to another account ends: its thread, contact and inbox mean
 * nothing there, and its agents are no longer heard. Throws `RuntimeError` when it has ended.
 */
export async function assertOfConnectedAccount(
  client: bp.Client,
  connection: Connection,
  { id, session }: { id: string; session: Session },
): Promise<void> {
  if (await isOfConnectedAccount(connection, session)) return
  await client.createEvent({ type: 'hitlStopped', payload: { conversationId: id } })
  await client.updateConversation({ id, tags: { closedAt: String(Date.now()) } })
  throw new RuntimeError(
    `The message was not delivered to HubSpot: this session was opened in HubSpot account ${session.portalId}, which is no longer connected. The session has ended; escalate again.`,
  )
}
