import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { redirectUrl } from '../installation/addresses'
import { connectedInboxIds } from '../installation/channel-state'
import { fieldTitle } from '../installation/configuration'
import { connectionOf, type Connection } from '../installation/connection'
import { accountLabel, portalOf, type Granted, type Tokens } from '../installation/issued-tokens'
import { chooseInboxes } from '../setup/connect-channel'
import { assertScopes, explainSetup, moved, warnAboutScopes } from '../setup/explain-setup'
import { redirect } from './page'
import { newOwnerSession, pageOf } from './owner-session'
import { AGAIN, NotConnected, type Visit } from './visit'

/**
 * HubSpot redirects the browser here. A stranger can open this page with a code for their own account, so the callback
 * checks the tokens, above all their account, before it stores them. A refused visit costs one call to HubSpot, plus
 * one read of our state if HubSpot issued tokens.
 */
export async function callback(visit: Visit): Promise<bp.WebhookAnswer> {
  const { ctx, client, logger } = visit.props
  const code = visit.query.get('code')
  if (!code) throw new NotConnected(refusal(visit.query.get('error')), 'Click Authorize again and approve:')
  const connection = connectionOf(visit.props)
  const { settings, tokens, app, owner } = connection

  const granted = await explainSetup('tokens', ctx, () => exchange(connection, code))
  const portalId = granted.hub_id
  const former = await tokens.stored()
  assertPortal({ granted: portalId, connected: former, wanted: settings.portalId })
  const scopes = granted.scopes ?? []
  assertScopes(scopes)
  await assertFormsInboxes(visit, connection, granted)

  const { hub_domain: accountName } = await connection.oauth.identified(granted, 'name')
  await tokens.adopt({ ...granted, hub_domain: accountName }, settings.refreshToken)
  // Botpress tells installations apart by the identifier. Several may serve one HubSpot account.
  await client.configureIntegration({ identifier: `${portalId}-${ctx.webhookId}` })
  if (former !== undefined && former.portalId !== portalId) logger.forBot().warn(moved(former.portalId, portalId))
  warnAboutScopes(scopes, settings, logger)
  // With inboxes in the form there is nothing left to choose.
  const isChosen = settings.inboxIds.length > 0
  const inboxIds = isChosen ? settings.inboxIds : await connectedInboxIds(owner, portalId)
  const session = newOwnerSession({ portalId, accountName }, inboxIds)
  return redirect(pageOf(visit, app, isChosen ? 'connect' : 'inboxes', session))
}

const refusal = (error: string | null): string =>
  error === 'access_denied'
    ? 'The app was not allowed to connect to the HubSpot account.'
    : 'HubSpot denied the request without giving a reason.'

/** Throws `NotConnected` if only the code is invalid, else `HubSpotError`. */
async function exchange({ oauth }: Connection, code: string): Promise<Granted> {
  try {
    const reply = await oauth.identified(await oauth.exchange(code, redirectUrl()))
    const { refresh_token: refreshToken } = reply
    if (refreshToken === undefined) throw new NotConnected('HubSpot did not issue a refresh token.', AGAIN)
    return { ...reply, refresh_token: refreshToken, hub_id: portalOf(reply) }
  } catch (thrown) {
    const isAboutCode = isHubSpotError(thrown, 'auth') && !/CLIENT|REDIRECT/i.test(thrown.category ?? '')
    if (!isAboutCode) throw thrown
    throw new NotConnected('This authorization code has already been used or has expired.', AGAIN)
  }
}

type Portals = { granted: string; connected: Tokens | undefined; wanted: string | undefined }

/**
 * The first connection fixes the account. Only the owner, who can edit the form, can change it. Throws `NotConnected`.
 */
function assertPortal({ granted, connected, wanted }: Portals): void {
  const field = `"${fieldTitle('portalId')}"`
  if (wanted !== undefined && granted !== wanted) {
    throw new NotConnected(
      `You chose HubSpot account ${granted}, but ${field} in the configuration of this integration is ${wanted}.`,
      `Click Authorize again and choose ${wanted}, or enter ${granted} in ${field} and save first:`,
    )
  }
  if (wanted === undefined && connected !== undefined && granted !== connected.portalId) {
    throw new NotConnected(
      `This integration is connected to HubSpot account ${accountLabel(connected)}, but you chose ${granted}.`,
      `To keep ${connected.portalId}, click Authorize again and choose it. To switch, enter ${granted} in ${field} in Botpress, save, then click Authorize:`,
    )
  }
}

/** Throws `RuntimeError` when the form names an inbox that the account does not have. */
async function assertFormsInboxes(visit: Visit, connection: Connection, granted: Granted): Promise<void> {
  const { inboxIds } = connection.settings
  if (inboxIds.length === 0) return
  const { conversations } = connection.hubspotWith(granted.access_token)
  const found = await explainSetup('inboxes', visit.props.ctx, () => conversations.listInboxes())
  chooseInboxes(found, { ids: inboxIds, from: 'form' })
}
