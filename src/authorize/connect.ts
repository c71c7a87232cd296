import type * as bp from '../bp'
import type { Inbox } from '../hubspot/schemas'
import { inboxLabel } from '../installation/channel-state'
import { connectionOf } from '../installation/connection'
import { assertSomeInbox, connectChannel } from '../setup/connect-channel'
import { ChannelNotVisible } from '../setup/ensure-channel'
import { explainSetup } from '../setup/explain-setup'
import { formTo, ownerSessionOf } from './owner-session'
import { BACK, html, renderPage, type Html } from './page'
import { tryForm } from './try-it'
import { assertStillConnected, type Visit } from './visit'

/** The list of inboxes and help desks to choose from. It leads to the page `connect`. */
export async function showInboxes(visit: Visit, problem?: string): Promise<bp.WebhookAnswer> {
  const { ctx } = visit.props
  const connection = connectionOf(visit.props)
  const session = ownerSessionOf(visit, connection.app)
  await assertStillConnected(connection, session)
  const { hubspot } = connection.portal(session.portalId)
  const inboxes = await explainSetup('inboxes', ctx, () => hubspot.conversations.listInboxes())
  assertSomeInbox(inboxes)
  const [byDefault] = session.inboxIds
  const isOnly = inboxes.length === 1
  const rows = inboxes.map((inbox) =>
    row(inbox, {
      isWanted: isOnly || session.inboxIds.includes(inbox.id),
      isDefault: isOnly || byDefault === inbox.id,
    }),
  )
  const fields = html`
    <fieldset>
      <legend>Inboxes and help desks of HubSpot account ${session.account}.</legend>
      <p class="hint">The default is used when a card names no inbox.</p>
      ${rows}
    </fieldset>
    <button name="chosen" value="yes">Connect</button>
  `
  return renderPage({
    title: 'Where should conversations appear?',
    status: problem ? 400 : 200,
    content: html`
      ${problem ? html`<p role="alert"><strong>${problem}</strong></p>` : html``}
      ${formTo({ visit, app: connection.app, session }, 'connect', fields)}
    `,
  })
}

const row = (
  { id, name, type }: Inbox,
  { isWanted, isDefault }: { isWanted: boolean; isDefault: boolean },
): Html => html`
  <div class="row">
    <label>
      <input type="checkbox" name="inbox" value="${id}" ${isWanted ? html`checked` : html``} />
      <span>${name} <small>${type === 'HELP_DESK' ? 'Help desk' : 'Inbox'} ${id}</small></span>
    </label>
    <label>
      <input
        type="radio"
        name="default"
        value="${id}"
        aria-label="Default: ${name}"
        ${isDefault ? html`checked` : html``}
      />
      Default
    </label>
  </div>
`

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
