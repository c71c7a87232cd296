import type * as bp from '../bp'
import { saveChannelState } from '../session/channel-state'
import { connect } from '../session/connection'
import { connectTokens } from '../session/tokens'
import { chooseInbox, kindOf } from './choose-inbox'
import { connectInbox } from './connect-inbox'
import { ensureChannel } from './ensure-channel'
import { assertScopes, explainSetup } from './explain-setup'

/**
 * Runs at each save: checks every field, reuses what is there and makes what is missing. Nothing is created before
 * everything that can be checked has been, and a channel made here is deleted if its inbox cannot be connected.
 * Throws `RuntimeError` with the field at fault.
 */
export const register: bp.IntegrationProps['register'] = async ({ ctx, client, webhookUrl, logger }) => {
  const { configuration, hubspot, tokenSource } = connect({ ctx, client })
  const { refreshToken, inboxId } = configuration

  const tokens = await explainSetup('tokens', () => connectTokens(tokenSource, refreshToken))
  assertScopes(tokens.scopes)
  const [inboxes, channels] = await Promise.all([
    explainSetup('inboxes', () => hubspot.conversations.listInboxes()),
    explainSetup('channels', () => hubspot.customChannels.list()),
  ])
  const inbox = chooseInbox(inboxes, inboxId)

  const { channelId, discard } = await explainSetup('channels', () => ensureChannel(hubspot, channels, webhookUrl))
  const account = await explainSetup('accounts', () => connectInbox(hubspot, channelId, inbox)).catch(
    async (thrown: unknown) => {
      await discard()
      throw thrown
    },
  )
  await saveChannelState(client, ctx.integrationId, {
    channelId,
    webhookUrl,
    defaultInboxId: inbox.id,
    accounts: { [inbox.id]: { channelAccountId: account.id, name: inbox.name, type: inbox.type } },
  })
  logger.forBot().info(`Connected to the ${kindOf(inbox)} "${inbox.name}" of HubSpot account ${tokens.portalId}.`)
}
