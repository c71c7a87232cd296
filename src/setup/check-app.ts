import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import type { Connection } from '../installation/connection'
import { explainSetup } from './explain-setup'

/** No token of anybody. */
const NOBODYS_TOKEN = 'not-authorized-yet'

/**
 * What can be known of the app before anybody has authorized: whether developer key and app id go together, and client
 * id and secret. Throws `RuntimeError` with the field at fault.
 */
export async function checkApp(ctx: bp.Context, { appChannels, oauth }: Connection): Promise<void> {
  await explainSetup('channels', ctx, () => appChannels.list())
  await explainSetup('tokens', ctx, async () => {
    try {
      await oauth.refresh(NOBODYS_TOKEN)
    } catch (thrown) {
      // The refusal of an app that is in order, whatever HubSpot calls it: only what it says of the client counts.
      if (isHubSpotError(thrown, 'auth', 'validation') && !/CLIENT/i.test(thrown.category ?? '')) return
      throw thrown
    }
  })
}
