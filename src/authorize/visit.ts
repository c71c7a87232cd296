import type * as bp from '../bp'
import type { Connection } from '../installation/connection'

/** One request of a browser. */
export type Visit = { props: bp.HandlerProps; query: URLSearchParams }

/** The next step when the owner only has to retry. */
export const AGAIN = 'Click Authorize again:'

/** Why the browser's visit did not lead to a connection, in one sentence; `next` is the one thing to do about it. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected'

  constructor(
    sentence: string,
    readonly next: string,
  ) {
    super(sentence)
  }
}

/** A session is good for the account that approved, as long as that is the one connected. Throws `NotConnected`. */
export async function assertStillConnected({ tokens }: Connection, { portalId }: { portalId: string }): Promise<void> {
  if ((await tokens.portalIdNow()) === portalId) return
  throw new NotConnected(`This integration is no longer connected to HubSpot account ${portalId}.`, AGAIN)
}
