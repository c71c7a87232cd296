import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { redirectUrl } from '../installation/addresses'
import { connectionOf, type Connection } from '../installation/connection'
import { portalOf, type Granted } from '../installation/issued-tokens'
import { chooseInboxes } from '../setup/connect-channel'
import { assertScopes, explainSetup } from '../setup/explain-setup'
import { askToApprove, assertPortal, connectTo } from './account'
import { AGAIN, NotConnected, type Visit } from './visit'

/**
 * HubSpot redirects the browser here. A stranger can open this page with a code for their own account, so the callback
 * checks the tokens, above all their account, before it stores them. A refused visit costs one call to HubSpot, plus
 * one read of our state if HubSpot issued tokens.
 */
export async function callback(visit: Visit): Promise<bp.WebhookAnswer> {
  const { ctx } = visit.props
  const code = visit.query.get('code')
  if (!code) throw new NotConnected(refusal(visit.query.get('error')), 'Click Authorize again and approve.')
  const connection = connectionOf(visit.props)
  const { settings, tokens, app } = connection

  const granted = await explainSetup('tokens', ctx, () => exchange(connection, code))
  const portalId = granted.hub_id
  const former = await tokens.stored()
  assertPortal({ granted: portalId, connected: former, wanted: settings.portalId })
  assertScopes(granted.scopes ?? [], app)
  await assertFormsInboxes(visit, connection, granted)

  const { hub_domain: accountName } = await connection.oauth.identified(granted, 'name')
  const issued = tokens.issued({ ...granted, hub_domain: accountName }, settings.refreshToken)
  return (app.isShared ? askToApprove : connectTo)(visit, connection, { tokens: issued, former })
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

/** Throws `RuntimeError` when the form names an inbox that the account does not have. */
async function assertFormsInboxes(visit: Visit, connection: Connection, granted: Granted): Promise<void> {
  const { inboxIds } = connection.settings
  if (inboxIds.length === 0) return
  const { conversations } = connection.hubspotWith(granted.access_token)
  const found = await explainSetup('inboxes', visit.props.ctx, () => conversations.listInboxes())
  chooseInboxes(found, { ids: inboxIds, from: 'form' })
}
