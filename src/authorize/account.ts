import { z } from '@botpress/sdk'
import { states } from '../../definitions'
import type * as bp from '../bp'
import { identifierOf } from '../installation/app'
import { connectedInboxIds } from '../installation/channel-state'
import { IN_FORM, quotedField } from '../installation/configuration'
import { connectionOf, type Connection } from '../installation/connection'
import { accountLabel, hashOf, type Tokens } from '../installation/issued-tokens'
import { readState } from '../installation/states'
import { oldestOf } from '../setup/ensure-channel'
import { explainSetup, moved, warnAboutScopes } from '../setup/explain-setup'
import { formWith, newOwnerSession, pageOf, seal, SESSION_MS, SessionExpired, unseal } from './owner-session'
import { CANCEL, html, redirect, renderPage } from './page'
import { AGAIN, NotConnected, type Visit } from './visit'

type Portals = { granted: string; connected: Tokens | undefined; wanted: string | undefined }

/**
 * The first connection fixes the account. Only the owner, who can edit the form, can change it. Throws `NotConnected`.
 */
export function assertPortal({ granted, connected, wanted }: Portals): void {
  const field = quotedField('portalId')
  if (wanted !== undefined && granted !== wanted) {
    throw new NotConnected(
      `You chose HubSpot account ${granted}, but ${field} ${IN_FORM} is ${wanted}.`,
      `Click Authorize again and choose ${wanted}, or enter ${granted} in ${field} and save first.`,
    )
  }
  if (wanted === undefined && connected !== undefined && granted !== connected.portalId) {
    throw new NotConnected(
      `This integration is connected to HubSpot account ${accountLabel(connected)}, but you chose ${granted}.`,
      `To keep ${connected.portalId}, click Authorize again and choose it. To switch, enter ${granted} in ${field} in Botpress, save, then click Authorize.`,
    )
  }
}

/** Stores the tokens, tells Botpress which account it is, and leads on to the inboxes. */
export async function connectTo(
  visit: Visit,
  { app, owner, settings, tokens: store }: Connection,
  { tokens, former }: { tokens: Tokens; former: Tokens | undefined },
): Promise<bp.WebhookAnswer> {
  const { ctx, client, logger } = visit.props
  const { portalId } = tokens
  await store.adopt(tokens)
  const identifier = identifierOf(app, portalId, ctx)
  await client.configureIntegration({ identifier }).catch(() => logger.forBot().warn(notIdentified(portalId)))
  if (former !== undefined && former.portalId !== portalId) logger.forBot().warn(moved(former.portalId, portalId))
  warnAboutScopes(tokens.scopes, settings, { app, logger })
  // With inboxes in the form there is nothing left to choose.
  const isChosen = settings.inboxIds.length > 0
  const inboxIds = isChosen ? settings.inboxIds : await connectedInboxIds(owner, portalId)
  const session = newOwnerSession(tokens, inboxIds)
  return redirect(pageOf(visit, app, isChosen ? 'connect' : 'inboxes', session), {
    // Proves that this installation has the account, and takes it from one that had it before.
    'x-bp-integration-identifier': identifier,
  })
}

const notIdentified = (portalId: string): string =>
  `Botpress did not note that this integration is connected to HubSpot account ${portalId}. If agents' answers do not arrive, click Authorize again.`

/** What HubSpot has issued waits in the page's address until the owner connects. `replaces` makes it valid once. */
const waiting = z.object({ until: z.number(), replaces: z.string(), tokens: states.tokens.schema })

/**
 * Asks before anything is stored. Everybody's link leads to the same app of the publisher's, so HubSpot's own page cannot
 * say for which bot it asks: a stranger could send the link of their bot.
 */
export async function askToApprove(
  visit: Visit,
  connection: Connection,
  { tokens, former }: { tokens: Tokens; former: Tokens | undefined },
): Promise<bp.WebhookAnswer> {
  const { ctx } = visit.props
  const isTaken = await explainSetup('accounts', ctx, () => isUsedByAnother(connection, tokens))
  const content: z.infer<typeof waiting> = {
    until: Date.now() + SESSION_MS,
    replaces: hashOf(former?.refreshToken),
    tokens,
  }
  const session = seal({ ...connection.app, webhookId: ctx.webhookId }, content)
  const button = html`<p><button>${isTaken ? 'Connect this bot instead' : 'Connect'}</button></p>`
  return renderPage({
    title: isTaken ? 'Another bot may use this account' : 'Connect this bot?',
    content: html`
      <p>
        The bot <strong>${ctx.botId}</strong> will read and write conversations of HubSpot account
        <strong>${accountLabel(tokens)}</strong>, with its contacts, files and tickets as you have approved.
      </p>
      ${
        isTaken
          ? html`<p role="alert">
              An inbox of this account is connected to Botpress, and not by this bot. If you continue, the other bot
              will stop hearing agents.
            </p>`
          : html``
      }
      <p>
        Continue only if you clicked Authorize yourself, in the configuration of this bot: its ID is part of its address
        in Botpress. If someone sent you the link, cancel. Otherwise they will read your customers' conversations.
      </p>
      ${formWith(visit, { page: 'approve', session }, button)} ${CANCEL}
      <p class="hint">
        Nothing is connected yet. To take back what you approved, remove the app in HubSpot, in Settings > Integrations
        > Connected apps.
      </p>
    `,
  })
}

/** Whether the channel has inboxes in this account that this installation has not connected. Throws `HubSpotError`. */
async function isUsedByAnother({ app, owner, hubspotWith, appChannels }: Connection, tokens: Tokens): Promise<boolean> {
  const channelId = app.channelId ?? oldestOf(await appChannels.list(), app.targetUrl)?.id
  if (channelId === undefined) return false
  const [accounts, ours] = await Promise.all([
    hubspotWith(tokens.accessToken).customChannels.listAccounts(channelId),
    readState(owner, 'channel'),
  ])
  const connected = ours?.portalId === tokens.portalId ? ours.accounts : {}
  const known = new Set(Object.values(connected).map(({ channelAccountId }) => channelAccountId))
  return accounts.some(({ id, authorized, archived }) => authorized && !archived && !known.has(id))
}

/** The owner has approved: connects, unless the connection has changed since. */
export async function approve(visit: Visit): Promise<bp.WebhookAnswer> {
  const connection = connectionOf(visit.props)
  const by = { ...connection.app, webhookId: visit.props.ctx.webhookId }
  const given = waiting.safeParse(unseal(by, visit.query.get('session') ?? ''))
  if (!given.success || given.data.until <= Date.now()) throw new SessionExpired()
  const { replaces, tokens } = given.data
  const former = await connection.tokens.stored()
  const isRepeated = former?.refreshToken === tokens.refreshToken
  if (!isRepeated && hashOf(former?.refreshToken) !== replaces) {
    throw new NotConnected('The connection has changed since this page was opened.', AGAIN)
  }
  assertPortal({ granted: tokens.portalId, connected: former, wanted: connection.settings.portalId })
  return connectTo(visit, connection, { tokens, former })
}
