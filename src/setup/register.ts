import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { authorizeLink, ownAppPage, webhookUrl } from '../installation/addresses'
import { connectedInboxIds, forgetChannel } from '../installation/channel-state'
import { appOf, completeAppOf, type App } from '../installation/app'
import { quotedField, settingsOf } from '../installation/configuration'
import { connectionOf, type Connection } from '../installation/connection'
import { accountLabel, type Tokens } from '../installation/issued-tokens'
import { ownerOf, readState, writeState } from '../installation/states'
import { forgetTokens, NOT_CONNECTED } from '../installation/tokens'
import { checkEvents, assertScopes, explainSetup, moved, warnAboutScopes } from './explain-setup'
import { connectChannel, switchOff, type WantedInboxes } from './connect-channel'
import { ChannelNotVisible } from './ensure-channel'

/** How long a save waits for a new channel: Botpress may end it after a minute. The next save finds a later channel. */
const VISIBLE_WITHIN_MS = 45_000

type Props = Pick<bp.HandlerProps, 'ctx' | 'client' | 'logger'>

/**
 * Runs at each save: checks every field, then reuses what exists and creates what is missing. Creates nothing until all
 * checks have passed. Before the first connection it only checks, and logs what is left to do.
 * Throws `RuntimeError` naming the invalid field.
 */
export const register: bp.IntegrationProps['register'] = async (props) => {
  const { ctx, client, logger } = props
  const { refreshToken } = settingsOf(ctx)
  const app = appOf(ctx)
  if (!app) return warn(props, notConnected(ctx))
  if (app.isShared && refreshToken !== undefined) throw new RuntimeError(NO_APP_FOR_TOKEN)
  const connection = connectionOf({ ctx, client, logger })
  const tokens = await tokensOf(props, connection)
  if (!tokens) {
    await checkApp(props, connection)
    await checkEvents(props, connection)
    return warn(props, notConnected(ctx, app))
  }
  assertScopes(tokens.scopes, app)
  warnAboutScopes(tokens.scopes, connection.settings, { app, logger })
  const inboxes = await wantedInboxes(connection, tokens)
  const portal = connection.portal(tokens.portalId)
  const options = { inboxes, account: accountLabel(tokens), withinMs: VISIBLE_WITHIN_MS }
  const connecting = connectChannel({ ctx, logger, portal }, options).catch((thrown: unknown) => {
    throw thrown instanceof ChannelNotVisible ? new RuntimeError(NOT_VISIBLE) : thrown
  })
  await Promise.all([connecting, checkEvents(props, connection)])
}

const warn = ({ logger }: Props, sentence: string): void => logger.forBot().warn(sentence)

/** Includes all links: if a link's scopes do not fit the owner's app, only HubSpot's own page says so. */
function notConnected({ webhookId }: bp.Context, app?: App): string {
  const orOpen = app?.isShared
    ? `to use a HubSpot app of your own instead, open ${ownAppPage(webhookId)}`
    : `if HubSpot says that the scopes do not match, open ${authorizeLink(webhookId, 'required')} for an app without optional scopes, or ${authorizeLink(webhookId, 'legacy')} for an app made for an older integration.`
  return `The configuration is saved. ${NOT_CONNECTED} The button opens ${authorizeLink(webhookId)} – ${orOpen}`
}

/** A token alone could connect an account whose users have never approved this bot. */
const NO_APP_FOR_TOKEN = `${quotedField('refreshToken')} belongs to a HubSpot app of your own. Fill in the app's four fields as well, or clear this one, save, and click Authorize.`

const NOT_VISIBLE =
  'HubSpot has registered the channel but does not show it yet. This can take more than a minute. Wait a moment, then save again.'

/** HubSpot never issued this token. */
const INVALID_TOKEN = 'not-authorized-yet'

/** Checks what can be checked before the first connection. Throws `RuntimeError` naming the invalid field. */
async function checkApp({ ctx }: Props, { app, appChannels, oauth }: Connection): Promise<void> {
  // The publisher's; the owner could correct nothing.
  if (app.isShared) return
  await explainSetup('channels', ctx, () => appChannels.list())
  await explainSetup('tokens', ctx, async () => {
    try {
      await oauth.refresh(INVALID_TOKEN)
    } catch (thrown) {
      // HubSpot refuses the token of a valid app too, with an undocumented category. Only a refused client counts.
      if (!isHubSpotError(thrown, 'auth', 'validation') || /CLIENT/i.test(thrown.category ?? '')) throw thrown
    }
  })
}

/** Undefined before the first connection. Throws `RuntimeError` if the token is refused or is another account's. */
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
      `${quotedField('portalId')} is ${wanted}, but this integration is connected to HubSpot account ${portalId} and keeps using it for now. To switch, click Authorize and choose ${wanted}.`,
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
  `${quotedField('refreshToken')} belongs to HubSpot account ${portalId}, but ${quotedField('portalId')} is ${wanted}. Clear one of the two fields, save, then click Authorize.`

/** The form's inboxes if it names any, else those chosen while authorizing. */
async function wantedInboxes({ settings, owner }: Connection, { portalId }: Tokens): Promise<WantedInboxes> {
  if (settings.inboxIds.length > 0) return { ids: settings.inboxIds, from: 'form' }
  return { ids: await connectedInboxIds(owner, portalId), from: 'list' }
}

/**
 * Deletes the channel, or disconnects the inboxes from a shared one, and clears the states. Never fails: what HubSpot does
 * not delete is left to the owner by name.
 */
export const unregister: bp.IntegrationProps['unregister'] = async (props) => {
  const { ctx, client } = props
  const owner = ownerOf({ ctx, client })
  const [channel, setup] = await Promise.all([readState(owner, 'channel'), readState(owner, 'setup')])
  const made = channel ?? setup?.newChannel
  if (completeAppOf(ctx)?.isShared) {
    const { portal } = connectionOf({ ctx, client })
    if (channel) await switchOff(portal(channel.portalId), channel, (sentence) => warn(props, sentence))
  } else if (made && !(await isDeleted(props, made, channel !== undefined))) {
    const { channelId } = made
    warn(props, `HubSpot did not delete the channel ${channelId}. Delete it in HubSpot, in the settings of the inbox.`)
  }
  await Promise.all([forgetTokens(owner), forgetChannel(owner), writeState(owner, 'setup', undefined)])
}

/** Deletes a channel that only this installation uses. HubSpot answers "not found" also for one it does not show yet. */
async function isDeleted({ ctx, client }: Props, made: { channelId: string; webhookUrl: string }, isShown: boolean) {
  // An owner who has just left the publisher's app still has its channel in the state: that is everybody's.
  if (made.webhookUrl !== webhookUrl(ctx.webhookId)) return false
  try {
    await connectionOf({ ctx, client }).appChannels.remove(made.channelId)
    return true
  } catch (thrown) {
    return isHubSpotError(thrown, 'notFound') && isShown
  }
}
