import type { Inbox } from '../hubspot/schemas'
import { connect } from '../installation/connection'
import { readState } from '../installation/read-state'
import { assertSomeInbox } from '../setup/choose-inbox'
import { explainSetup } from '../setup/explain-setup'
import { html, type Html } from './html'
import { redirect, renderPage, type Answer } from './page'
import { pageAddress, sessionOf } from './session'
import { assertStillConnected } from './still-connected'
import type { Visit } from './visit'

/** The list of inboxes and help desks to choose from. */
export async function showInboxes(visit: Visit): Promise<Answer> {
  return choice(visit, {})
}

/** What was chosen there. */
export async function chooseInboxes(visit: Visit): Promise<Answer> {
  const form = new URLSearchParams(visit.props.req.body ?? '')
  const wanted = form.getAll('inbox')
  const first = form.get('default') ?? wanted[0]
  if (!first) return choice(visit, { problem: 'Choose at least one.' })
  // The default is connected, ticked or not.
  const inboxIds = [...new Set([first, ...wanted])]
  return redirect(pageAddress(visit, 'connect', { ...sessionOf(visit), inboxIds }))
}

async function choice(visit: Visit, { problem }: { problem?: string }): Promise<Answer> {
  const { ctx, client } = visit.props
  const session = sessionOf(visit)
  const connection = connect(visit.props)
  await assertStillConnected(visit.props, session)
  const [inboxes, channel] = await Promise.all([
    explainSetup('inboxes', ctx, () => connection.hubspot.conversations.listInboxes()),
    readState(client, ctx.integrationId, 'channel'),
  ])
  assertSomeInbox(inboxes)
  const known = new Set(Object.keys(channel?.accounts ?? {}))
  const isOnly = inboxes.length === 1
  const rows = inboxes.map((inbox) =>
    row(inbox, { isWanted: isOnly || known.has(inbox.id), isDefault: isOnly || channel?.defaultInboxId === inbox.id }),
  )
  return renderPage({
    title: 'Where should conversations appear?',
    status: problem ? 400 : 200,
    content: html`
      ${problem ? html`<p role="alert"><strong>${problem}</strong></p>` : html``}
      <form method="post" action="${pageAddress(visit, 'inboxes', session)}">
        <fieldset>
          <legend>Inboxes and help desks of HubSpot account ${session.portalId}.</legend>
          <p class="hint">The default is for all escalation cards that name none.</p>
          ${rows}
        </fieldset>
        <button>Connect</button>
      </form>
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
