import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { forgetChannelState } from '../installation/channel-state'
import { connect } from '../installation/connection'
import { readState } from '../installation/read-state'
import { forgetSetup, readSetup } from '../installation/setup-state'
import { forgetTokens } from '../installation/tokens'

/**
 * Deletes the channel and clears what was stored. Uninstalling never fails: what HubSpot refuses is reported with
 * what is left to do by hand.
 */
export const unregister: bp.IntegrationProps['unregister'] = async ({ ctx, client, logger }) => {
  const [channel, { newChannel }] = await Promise.all([
    readState(client, ctx.integrationId, 'channel'),
    readSetup(client, ctx.integrationId),
  ])
  const channelId = channel?.channelId ?? newChannel?.channelId
  if (channelId !== undefined) {
    try {
      await connect({ ctx, client }).hubspot.customChannels.remove(channelId)
    } catch (thrown) {
      // A channel that was made just now is not found either, as long as HubSpot does not show it.
      if (!isHubSpotError(thrown, 'notFound') || !channel) {
        logger
          .forBot()
          .warn(`HubSpot kept the channel ${channelId}. Remove it in HubSpot under the settings of the inbox.`)
      }
    }
  }
  await Promise.all([
    forgetTokens({ client, integrationId: ctx.integrationId }),
    forgetChannelState(client, ctx.integrationId),
    forgetSetup(client, ctx.integrationId),
  ])
}
