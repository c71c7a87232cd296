import type * as bp from '../bp'
import { readState } from '../installation/read-state'
import type { Session } from './session'
import { AGAIN, NotConnected } from './visit'

/** A session is good for the account that agreed, as long as that is the one connected. Throws `NotConnected`. */
export async function assertStillConnected({ ctx, client }: bp.HandlerProps, session: Session): Promise<void> {
  // Not from memory: another process may have moved the connection.
  const tokens = await readState(client, ctx.integrationId, 'tokens')
  if (tokens?.portalId === session.portalId) return
  throw new NotConnected(
    `The HubSpot account ${session.portalId} is no longer the one that this integration is connected to.`,
    AGAIN,
  )
}
