import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import type { Connection } from '../installation/connection'
import { explainSetup } from './explain-setup'

/** HubSpot never issued this token. */
const INVALID_TOKEN = 'not-authorized-yet'

/**
 * Checks the app before the first authorization: whether developer key and app id match, and client id and secret.
 * Throws `RuntimeError` naming the invalid field.
 */
export async function checkApp(ctx: bp.Context, { appChannels, oauth }: Connection): Promise<void> {
  await explainSetup('channels', ctx, () => appChannels.list())
  await explainSetup('tokens', ctx, async () => {
    try {
      await oauth.refresh(INVALID_TOKEN)
    } catch (thrown) {
      // HubSpot refuses the token of a valid app too, with a category it does not document. Only a refused client
      // counts.
      if (isHubSpotError(thrown, 'auth', 'validation') && !/CLIENT/i.test(thrown.category ?? '')) return
      throw thrown
    }
  })
}
