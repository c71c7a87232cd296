import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { authorizeLink } from '../installation/addresses'
import { appOf } from '../installation/app'
import { connectedInboxIds } from '../installation/channel-state'
import { fieldTitle, settingsOf } from '../installation/configuration'
import { connectionOf, type Connection } from '../installation/connection'
import { accountLabel, NOT_CONNECTED, type Tokens } from '../installation/tokens'
import { checkApp } from './check-app'
import { checkEvents } from './check-events'
import type { WantedInboxes } from './choose-inboxes'
import { connectChannel } from './connect-channel'
import { ChannelNotVisible } from './ensure-channel'
import { assertScopes, explainSetup, moved, warnAboutScopes } from './explain-setup'

/** How long a save waits for a new channel: Botpress may end it after a minute. The next save finds a later channel. */
const VISIBLE_WITHIN_MS = 45_000

type Props = Parameters<bp.IntegrationProps['register']>[0]

/**
 * Runs at each save: checks every field, then reuses what exists and creates what is missing. Creates nothing until all
 * checks have passed. Before the first connection it only checks, and logs what is left to do.
 * Throws `RuntimeError` naming the invalid field.
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
    await checkEvents(props, connection)
    warn(props, notConnected(ctx))
    return
  }
  assertScopes(tokens.scopes)
  warnAboutScopes(tokens.scopes, connection.settings, logger)
  const inboxes = await wantedInboxes(connection, tokens)
  const portal = connection.portal(tokens.portalId)
  const connecting = connectChannel(
    { ctx, logger, portal },
    { webhookUrl, inboxes, account: accountLabel(tokens), withinMs: VISIBLE_WITHIN_MS },
  ).catch((thrown: unknown) => {
    throw thrown instanceof ChannelNotVisible ? new RuntimeError(NOT_VISIBLE) : thrown
  })
  await Promise.all([connecting, checkEvents(props, connection)])
}

const warn = ({ logger }: Props, sentence: string): void => logger.forBot().warn(sentence)

/** Includes all three links: if a link does not fit the app, only HubSpot's own page says so. */
const notConnected = ({ webhookId }: bp.Context): string =>
  `The configuration is saved. ${NOT_CONNECTED} The button opens ${authorizeLink(webhookId)} – if HubSpot says that the scopes do not match, open ${authorizeLink(webhookId, 'required')} for an app without optional scopes, or ${authorizeLink(webhookId, 'legacy')} for an app made for an older integration.`

const NOT_VISIBLE =
  'HubSpot has registered the channel but does not show it yet. This can take more than a minute. Wait a moment, then save again.'

/**
 * Undefined before the first connection. Throws `RuntimeError` if the token is refused or belongs to another account.
 */
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
      `"${fieldTitle('portalId')}" is ${wanted}, but this integration is connected to HubSpot account ${portalId} and keeps using it for now. To switch, click Authorize and choose ${wanted}.`,
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
  'The connection was revoked in HubSpot, or the app was removed from the account. Click Authorize to connect again.'

const otherAccount = (portalId: string, wanted: string): string =>
  `"${fieldTitle('refreshToken')}" belongs to HubSpot account ${portalId}, but "${fieldTitle('portalId')}" is ${wanted}. Clear one of the two fields, save, then click Authorize.`

/** The form's inboxes if it names any, else those chosen while authorizing. */
async function wantedInboxes({ settings, owner }: Connection, { portalId }: Tokens): Promise<WantedInboxes> {
  if (settings.inboxIds.length > 0) return { ids: settings.inboxIds, from: 'form' }
  return { ids: await connectedInboxIds(owner, portalId), from: 'list' }
}
