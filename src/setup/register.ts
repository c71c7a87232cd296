import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { authorizeLink } from '../installation/addresses'
import { appOf } from '../installation/app'
import { connectedInboxIds } from '../installation/channel-state'
import { fieldTitle, settingsOf } from '../installation/configuration'
import { connectionOf, type Connection } from '../installation/connection'
import { NOT_CONNECTED, type Tokens } from '../installation/tokens'
import { checkApp } from './check-app'
import type { WantedInboxes } from './choose-inboxes'
import { connectChannel } from './connect-channel'
import { ChannelNotVisible } from './ensure-channel'
import { assertScopes, explainSetup, moved, warnOfScopes } from './explain-setup'

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
  settingsOf(ctx)
  if (!appOf(ctx)) {
    warn(props, notConnected(ctx))
    return
  }

  const connection = connectionOf({ ctx, client, logger })
  const tokens = await tokensOf(props, connection)
  if (!tokens) {
    await checkApp(ctx, connection)
    warn(props, notConnected(ctx))
    return
  }
  assertScopes(tokens.scopes)
  warnOfScopes(tokens.scopes, connection.settings, logger)
  const inboxes = await wantedInboxes(connection, tokens)
  const portal = connection.portal(tokens.portalId)
  await connectChannel({ ctx, logger, portal }, { webhookUrl, inboxes, withinMs: VISIBLE_WITHIN_MS }).catch(
    (thrown: unknown) => {
      throw thrown instanceof ChannelNotVisible ? new RuntimeError(NOT_VISIBLE) : thrown
    },
  )
}

const warn = ({ logger }: Props, sentence: string): void => logger.forBot().warn(sentence)

/** With all three links, because HubSpot refuses a link that does not fit the app on a page of its own. */
const notConnected = ({ webhookId }: bp.Context): string =>
  `The configuration is saved. ${NOT_CONNECTED} Its link: ${authorizeLink(webhookId)} – if HubSpot says that the scopes do not match, use ${authorizeLink(webhookId, 'required')} for an app without optional scopes, or ${authorizeLink(webhookId, 'legacy')} for an app made for an older integration.`

const NOT_VISIBLE =
  'HubSpot has registered the channel but does not show it yet, which can take more than a minute. Wait a moment and save again.'

/** Undefined before the first connection. Throws `RuntimeError` when it is refused, or leads to another account. */
async function tokensOf(props: Props, { settings, tokens }: Connection): Promise<Tokens | undefined> {
  const { refreshToken, portalId: wanted } = settings
  const assertWanted = (portalId: string) => {
    if (wanted !== undefined && portalId !== wanted) throw new RuntimeError(otherAccount(portalId, wanted))
  }
  const connected = await explainSetup('tokens', props.ctx, () => tokens.connect(refreshToken, assertWanted)).catch(
    (thrown: unknown) => {
      throw refreshToken === undefined && isRevoked(thrown) ? new RuntimeError(REVOKED) : thrown
    },
  )
  if (!connected) return undefined
  const { portalId } = connected.tokens
  if (refreshToken !== undefined) assertWanted(portalId)
  if (wanted !== undefined && portalId !== wanted) {
    warn(
      props,
      `"${fieldTitle('portalId')}" is ${wanted}, and this integration is connected to HubSpot account ${portalId}, which goes on working. To move, click Authorize and choose ${wanted}.`,
    )
  }
  const { formerPortalId } = connected
  if (formerPortalId !== undefined && formerPortalId !== portalId) warn(props, moved(formerPortalId, portalId))
  return connected.tokens
}

const isRevoked = (thrown: unknown): boolean => {
  const refused = thrown instanceof RuntimeError ? thrown.error : undefined
  return isHubSpotError(refused, 'auth') && !/CLIENT/i.test(refused.category ?? '')
}

const REVOKED =
  'The connection to HubSpot has been revoked there, or the app was removed from the account. Click Authorize to connect again.'

const otherAccount = (portalId: string, wanted: string): string =>
  `"${fieldTitle('refreshToken')}" belongs to HubSpot account ${portalId}, and "${fieldTitle('portalId')}" is ${wanted}. Clear one of the two fields, save, then click Authorize.`

/** Those of the form; where it names none, those that were chosen while authorizing. */
async function wantedInboxes({ settings, owner }: Connection, { portalId }: Tokens): Promise<WantedInboxes> {
  if (settings.inboxIds.length > 0) return { ids: settings.inboxIds, from: 'form' }
  return { ids: await connectedInboxIds(owner, portalId), from: 'list' }
}
