import { isHubSpotError } from '../hubspot/errors'
import type { TokenReply } from '../hubspot/oauth'
import { webhookUrl } from '../installation/addresses'
import { forgetChannelState } from '../installation/channel-state'
import { connect, type Connection } from '../installation/connection'
import { readState } from '../installation/read-state'
import { adoptTokens } from '../installation/tokens'
import { assertScopes, explainSetup } from '../setup/explain-setup'
import { useLink } from './link'
import { redirect, type Answer } from './page'
import { newSession, pageAddress } from './session'
import { AGAIN, NotConnected, type Visit } from './visit'

/** After a save, for so long, the connection may move to another HubSpot account. In milliseconds. */
const MAY_MOVE_MS = 15 * 60_000

/**
 * HubSpot sends the browser back here. Whoever comes has to have come from our link, for the first time; what they
 * bring is exchanged for tokens, and those are kept if they are good and meant for this installation.
 */
export async function callback(visit: Visit): Promise<Answer> {
  const { ctx, client } = visit.props
  const connection = connect(visit.props)
  await useLink(visit)
  const code = visit.query.get('code')
  if (!code) throw new NotConnected(refusal(visit.query.get('error')), 'Authorize again, and agree:')

  const reply = await explainSetup('tokens', ctx, () => exchange(connection, code, webhookUrl(ctx.webhookId)))
  assertScopes(reply.scopes, connection.configuration, ctx)
  await assertSamePortal(visit, reply)
  await adoptTokens(connection.tokenSource, reply, connection.configuration.refreshToken)
  // Of this installation alone: Botpress tells installations apart by it, and several may serve one HubSpot account.
  await client.configureIntegration({ identifier: `${reply.hub_id}-${ctx.webhookId}` })
  const session = newSession(reply.hub_id, connection.configuration.inboxIds)
  // What stands in the form has been chosen already.
  return redirect(pageAddress(visit, session.inboxIds.length > 0 ? 'connect' : 'inboxes', session))
}

/** Throws `HubSpotError`, or `NotConnected` where only the code is at fault. */
async function exchange({ oauth }: Connection, code: string, redirectUri: string): Promise<TokenReply> {
  try {
    return await oauth.exchange(code, redirectUri)
  } catch (thrown) {
    if (!isHubSpotError(thrown, 'auth') || !/CODE/i.test(thrown.category ?? '')) throw thrown
    throw new NotConnected('HubSpot gives its permission for one try, and this one is used or too old.', AGAIN)
  }
}

const refusal = (error: string | null): string =>
  error === 'access_denied'
    ? 'The app was not allowed to connect to the HubSpot account.'
    : 'HubSpot did not give its permission, and did not say why.'

/** Who knows the link could otherwise point somebody else's bot to an account of their own. Throws `NotConnected`. */
async function assertSamePortal({ props }: Visit, reply: TokenReply): Promise<void> {
  const { ctx, client } = props
  const connected = await readState(client, ctx.integrationId, 'tokens')
  if (connected === undefined || connected.portalId === reply.hub_id) return
  if (connected.savedAt === undefined || Date.now() - connected.savedAt > MAY_MOVE_MS) {
    throw new NotConnected(
      `This integration is connected to the HubSpot account ${connected.portalId}, and you have chosen ${reply.hub_id}.`,
      'To stay, authorize again and choose the first. To move, save the configuration in Botpress once more and authorize within a quarter of an hour:',
    )
  }
  await forgetChannelState(client, ctx.integrationId)
}
