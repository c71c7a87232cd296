import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { authorizeLink } from '../installation/addresses'
import { connect, type Connection } from '../installation/connection'
import { NOT_CONNECTED, readState } from '../installation/read-state'
import { connectTokens, forgetTokens } from '../installation/tokens'
import { checkApp } from './check-app'
import type { WantedInboxes } from './choose-inbox'
import { connectChannel } from './connect-channel'
import { ChannelNotVisible } from './ensure-channel'
import { assertScopes, explainSetup } from './explain-setup'

/** HubSpot shows a new channel after a while. What is not there by then the next save finds; Botpress waits a minute. */
const VISIBLE_WITHIN_MS = 45_000

type Props = Parameters<bp.IntegrationProps['register']>[0]

/**
 * Runs at each save: checks every field, reuses what is there and makes what is missing. Nothing is created before
 * everything that can be checked has been. Without a connection there is nothing to make yet: it says what is left to do.
 * Throws `RuntimeError` with the field at fault.
 */
export const register: bp.IntegrationProps['register'] = async (props) => {
  const { ctx, client, webhookUrl, logger } = props
  const connection = connect({ ctx, client })

  const tokens = await tokensOf(props, connection)
  if (!tokens) {
    await checkApp(ctx, connection)
    logger.forBot().warn(`The configuration is saved. ${NOT_CONNECTED} Its link: ${authorizeLink(ctx.webhookId)}`)
    return
  }
  assertScopes(tokens.scopes, connection.configuration, ctx)
  const inboxes = await wantedInboxes(props, connection)
  const wish = { webhookUrl, portalId: tokens.portalId, inboxes, withinMs: VISIBLE_WITHIN_MS }
  await connectChannel({ ctx, client, logger, connection }, wish).catch((thrown: unknown) => {
    throw thrown instanceof ChannelNotVisible ? new RuntimeError(NOT_VISIBLE) : thrown
  })
}

const NOT_VISIBLE =
  'HubSpot has registered the channel but does not show it yet, which can take more than a minute. Wait a moment and save again.'

/** A connection that was made by authorizing and is revoked is taken away: only then can it be made anew. */
async function tokensOf({ ctx, client }: Props, { configuration, tokenSource }: Connection) {
  const { refreshToken } = configuration
  try {
    return await explainSetup('tokens', ctx, () => connectTokens(tokenSource, refreshToken))
  } catch (thrown) {
    const refused = thrown instanceof RuntimeError ? thrown.error : undefined
    const isRevoked = isHubSpotError(refused, 'auth') && !/CLIENT/i.test(refused.category ?? '')
    if (!isRevoked || refreshToken !== undefined) throw thrown
    await forgetTokens({ client, integrationId: ctx.integrationId })
    throw new RuntimeError(
      'The connection to HubSpot has been revoked there, or the app was removed from the account. Save once more, then click Authorize.',
    )
  }
}

/** Those of the form; where it names none, those that were chosen while authorizing. */
async function wantedInboxes({ ctx, client }: Props, { configuration }: Connection): Promise<WantedInboxes> {
  if (configuration.inboxIds.length > 0) return { ids: configuration.inboxIds, from: 'form' }
  const channel = await readState(client, ctx.integrationId, 'channel')
  const ids = channel ? [...new Set([channel.defaultInboxId, ...Object.keys(channel.accounts)])] : []
  return { ids, from: 'list' }
}
