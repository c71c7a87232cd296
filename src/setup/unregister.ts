import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { forgetChannel } from '../installation/channel-state'
import { connectionOf } from '../installation/connection'
import { readState, writeState } from '../installation/read-state'
import { keyOf } from '../installation/key'
import { forgetTokens } from '../installation/tokens'

/**
 * Deletes the channel and clears what was stored. Uninstalling never fails: what HubSpot refuses is reported with
 * what is left to do by hand.
 */
export const unregister: bp.IntegrationProps['unregister'] = async ({ ctx, client, logger }) => {
  const [key, owner] = [keyOf(ctx), { client, integrationId: ctx.integrationId }]
  const [channel, setup] = await Promise.all([readState(owner, 'channel'), readState(owner, 'setup')])
  const channelId = channel?.channelId ?? setup?.newChannel.channelId
  if (channelId !== undefined) {
    try {
      await connectionOf({ ctx, client }).appChannels.remove(channelId)
    } catch (thrown) {
      // A channel that was made just now is not found either, as long as HubSpot does not show it.
      if (!isHubSpotError(thrown, 'notFound') || !channel) {
        logger
          .forBot()
          .warn(`HubSpot kept the channel ${channelId}. Remove it in HubSpot under the settings of the inbox.`)
      }
    }
  }
  await Promise.all([forgetTokens(key, owner), forgetChannel(key, owner), writeState(owner, 'setup', undefined)])
}
