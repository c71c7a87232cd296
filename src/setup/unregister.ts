import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { forgetChannel } from '../installation/channel-state'
import { connectionOf } from '../installation/connection'
import { ownerOf, readState, writeState } from '../installation/states'
import { forgetTokens } from '../installation/tokens'

/**
 * Deletes the channel and clears the states. Uninstalling never fails: if HubSpot does not delete the channel, a
 * warning says what to do by hand.
 */
export const unregister: bp.IntegrationProps['unregister'] = async ({ ctx, client, logger }) => {
  const owner = ownerOf({ ctx, client })
  const [channel, setup] = await Promise.all([readState(owner, 'channel'), readState(owner, 'setup')])
  const channelId = channel?.channelId ?? setup?.newChannel.channelId
  if (channelId !== undefined) {
    try {
      await connectionOf({ ctx, client }).appChannels.remove(channelId)
    } catch (thrown) {
      // HubSpot also answers "not found" for a new channel that it does not show yet.
      if (!isHubSpotError(thrown, 'notFound') || !channel) {
        logger
          .forBot()
          .warn(`HubSpot did not delete the channel ${channelId}. Delete it in HubSpot, in the settings of the inbox.`)
      }
    }
  }
  await Promise.all([forgetTokens(owner), forgetChannel(owner), writeState(owner, 'setup', undefined)])
}
