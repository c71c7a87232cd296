import * as z from 'zod/mini'
import type { TokenReply } from '../hubspot/oauth'
import { webhookUrl } from '../session/addresses'
import { forgetChannelState } from '../session/channel-state'
import { connect, type Connection } from '../session/connection'
import { readState } from '../session/read-state'
import { changeSetup, readSetup } from '../session/setup-state'
import { adoptTokens } from '../session/tokens'
import { assertScopes, explainSetup } from '../setup/explain-setup'
import { redirect, type Answer } from './page'
import { pageAddress } from './session'
import { unsign } from './signed'
import { NotConnected, type Visit } from './visit'

/** After a save, for so long, the connection may move to another HubSpot account. In milliseconds. */
const MAY_MOVE_MS = 60 * 60_000

/**
 * HubSpot sends the browser back here. Whoever comes has to have come from our link, for the first time; what they
 * bring is exchanged for tokens, and those are kept if they are good and meant for this installation.
 */
export async function callback(visit: Visit): Promise<Answer> {
  const { ctx, client } = visit.props
  const connection = connect(visit.props)
  await useLink(visit, connection)
  const code = visit.query.get('code')
  if (!code) throw new NotConnected(refusal(visit.query.get('error')), 'Authorize again, and agree:')

  const reply = await explainSetup('code', ctx, () => connection.oauth.exchange(code, webhookUrl(ctx.webhookId)))
  assertScopes(reply.scopes, connection.configuration, ctx)
  await assertSamePortal(visit, reply)
  await adoptTokens(connection.tokenSource, reply, connection.configuration.refreshToken)
  // Of this installation alone: Botpress tells installations apart by it, and several may serve one HubSpot account.
  await client.configureIntegration({ identifier: `${reply.hub_id}-${ctx.webhookId}` })
  const session = { portalId: reply.hub_id, inboxIds: [...connection.configuration.inboxIds] }
  // What stands in the form has been chosen already.
  return redirect(pageAddress(visit, session.inboxIds.length > 0 ? 'connect' : 'inboxes', session))
}

const signedLink = z.object({ id: z.string(), until: z.number() })

/** A link is good for once. Throws `NotConnected`. */
async function useLink({ props: { ctx, client }, query }: Visit, { configuration }: Connection): Promise<void> {
  const seal = { clientSecret: configuration.clientSecret, webhookId: ctx.webhookId, purpose: 'link' } as const
  const now = Date.now()
  const link = unsign(seal, signedLink, { text: query.get('state') ?? '', now })
  const { usedLinks } = await readSetup(client, ctx.integrationId)
  if (!link || usedLinks.some(({ id }) => id === link.id)) {
    throw new NotConnected(
      'This link to HubSpot has been used before, or is older than ten minutes.',
      'Authorize again:',
    )
  }
  await changeSetup(client, ctx.integrationId, {
    usedLinks: [...usedLinks.filter(({ until }) => until > now), { id: link.id, until: link.until }],
  })
}

const refusal = (error: string | null): string =>
  error === 'access_denied'
    ? 'The app was not allowed to connect to the HubSpot account.'
    : 'HubSpot did not give its permission, and did not say why.'

/** Who knows the link could otherwise point somebody else's bot to an account of their own. Throws `NotConnected`. */
async function assertSamePortal({ props }: Visit, reply: TokenReply): Promise<void> {
  const { ctx, client } = props
  const connected = (await readState(client, ctx.integrationId, 'tokens'))?.portalId
  if (connected === undefined || connected === reply.hub_id) return
  const channel = await readState(client, ctx.integrationId, 'channel')
  if (channel?.savedAt === undefined || Date.now() - channel.savedAt > MAY_MOVE_MS) {
    throw new NotConnected(
      `This integration is connected to the HubSpot account ${connected}, not to ${reply.hub_id}. To move it, save its configuration in Botpress once more and authorize within the hour.`,
    )
  }
  await forgetChannelState(client, ctx.integrationId)
}
