import type * as bp from '../bp'
import { connectionOf } from '../installation/connection'
import { inboxLabel } from '../installation/channel-state'
import { connectChannel } from '../setup/connect-channel'
import { ChannelNotVisible } from '../setup/ensure-channel'
import { showInboxes } from './inboxes'
import { ownerSessionOf } from './owner-session'
import { BACK, html, renderPage } from './page'
import { tryForm } from './try-it'
import { assertStillConnected, type Visit } from './visit'

/** How long one request waits for the new channel. The browser then shows a page that reloads. In milliseconds. */
const WAIT_MS = 3_000

/** Connects the chosen inboxes. While HubSpot does not show the channel yet, the page reloads and tries again. */
export async function connectChosen(visit: Visit): Promise<bp.WebhookAnswer> {
  const { ctx, logger } = visit.props
  const connection = connectionOf(visit.props)
  const session = ownerSessionOf(visit, connection.app)
  const { inboxIds: formsInboxes } = connection.settings
  const ids = formsInboxes.length > 0 ? formsInboxes : chosenIn(visit.query)
  if (ids.length === 0) return showInboxes(visit, 'Choose at least one inbox or help desk.')
  await assertStillConnected(connection, session)
  try {
    const [first, ...others] = await connectChannel(
      { ctx, logger, portal: connection.portal(session.portalId) },
      {
        inboxes: { ids, from: formsInboxes.length > 0 ? 'form' : 'list' },
        account: session.account,
        withinMs: WAIT_MS,
      },
    )
    return renderPage({
      title: 'Connected',
      outcome: 'good',
      content: html`
        <p>Conversations appear in the ${inboxLabel(first)} of HubSpot account ${session.account}.</p>
        ${
          others.length > 0 ? html`<p>A card can also name the ${others.map(inboxLabel).join(' or the ')}.</p>` : html``
        }
        <p>See it work: open a test conversation in HubSpot, answer it there, and watch what arrives.</p>
        ${tryForm(visit, connection.app, { session, inboxes: [first, ...others] })}
        <p>
          Then go back to Botpress and put the <strong>Escalate to Human</strong> card into a flow. To see, change or
          test the connection later, click Authorize again.
        </p>
        ${BACK}
      `,
    })
  } catch (thrown) {
    if (thrown instanceof ChannelNotVisible) return waiting()
    throw thrown
  }
}

/** Includes the default even if its box is not ticked. */
function chosenIn(query: URLSearchParams): string[] {
  const ticked = query.getAll('inbox')
  const byDefault = query.get('default') ?? ticked[0]
  return byDefault === undefined ? [] : [...new Set([byDefault, ...ticked])]
}

const waiting = (): bp.WebhookAnswer =>
  renderPage({
    title: 'HubSpot is preparing the channel',
    reloadAfter: 1,
    content: html`
      <p role="status">The channel is registered. HubSpot usually shows it in less than a minute.</p>
      <progress aria-label="Waiting for HubSpot"></progress>
      <p class="hint">Leave this page open: it continues automatically.</p>
    `,
  })
