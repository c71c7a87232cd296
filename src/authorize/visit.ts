import type * as bp from '../bp'
import type { Connection } from '../installation/connection'

/** One request from a browser. */
export type Visit = { props: bp.HandlerProps; query: URLSearchParams }

/** The next step if the owner only has to retry. */
export const AGAIN = 'Click Authorize again.'

/** One sentence that says why the visit did not lead to a connection; `next` says what to do about it. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected'

  constructor(
    sentence: string,
    readonly next: string,
  ) {
    super(sentence)
  }
}

/** A session is valid only while its account is the connected one. Throws `NotConnected`. */
export async function assertStillConnected({ tokens }: Connection, { portalId }: { portalId: string }): Promise<void> {
  if ((await tokens.portalIdNow()) === portalId) return
  throw new NotConnected(`This integration is no longer connected to HubSpot account ${portalId}.`, AGAIN)
}
