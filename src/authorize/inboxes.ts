import type * as bp from '../bp'
import type { Inbox } from '../hubspot/schemas'
import { connectionOf } from '../installation/connection'
import { assertSomeInbox } from '../setup/connect-channel'
import { explainSetup } from '../setup/explain-setup'
import { html, renderPage, type Html } from './page'
import { formTo, ownerSessionOf } from './owner-session'
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
