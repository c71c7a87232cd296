import { webhookUrl } from '../installation/addresses'
import { connect } from '../installation/connection'
import { described } from '../installation/described'
import type { ChosenInboxes } from '../setup/choose-inbox'
import { connectChannel } from '../setup/connect-channel'
import { ChannelNotVisible } from '../setup/ensure-channel'
import { html } from './html'
import { renderPage, type Answer } from './page'
import { pageAddress, sessionOf, type Session } from './session'
import { assertStillConnected } from './still-connected'
import type { Visit } from './visit'

/** One look at whether HubSpot shows the new channel; the page stays meanwhile, and asks again. In milliseconds. */
const ONE_LOOK_MS = 3_000

/** Connects what was chosen, as often as it takes, and says when it is done. */
export async function connectChosen(visit: Visit): Promise<Answer> {
  const { ctx, client, logger } = visit.props
  const session = sessionOf(visit)
  const connection = connect(visit.props)
  await assertStillConnected(visit.props, session)
  try {
    const chosen = await connectChannel(
      { ctx, client, logger, connection },
      {
        webhookUrl: webhookUrl(ctx.webhookId),
        portalId: session.portalId,
        inboxes: { ids: session.inboxIds, from: connection.configuration.inboxIds.length > 0 ? 'form' : 'list' },
        withinMs: ONE_LOOK_MS,
      },
    )
    return done(chosen, session)
  } catch (thrown) {
    if (thrown instanceof ChannelNotVisible) return waiting(visit, session)
    throw thrown
  }
}

const waiting = (visit: Visit, session: Session): Answer =>
  renderPage({
    title: 'HubSpot is preparing the channel',
    next: pageAddress(visit, 'connect', session),
    content: html`
      <p role="status">The channel is registered. HubSpot shows it after a while, mostly within a minute.</p>
      <progress aria-label="Waiting for HubSpot"></progress>
      <p class="hint">Leave this page open: it goes on by itself.</p>
    `,
  })

const done = ([first, ...others]: ChosenInboxes, { portalId }: Session): Answer =>
  renderPage({
    title: 'Connected',
    outcome: 'good',
    content: html`
      <p>Conversations appear in the ${described(first)} of HubSpot account ${portalId}.</p>
      ${
        others.length > 0
          ? html`
              <p>An escalation card can also name one of these by its number:</p>
              <ul>
                ${others.map((inbox) => html`<li>${inbox.id}: ${described(inbox)}</li>`)}
              </ul>
            `
          : html``
      }
      <p>
        What is left: go back to Botpress and put the <strong>Escalate to Human</strong> card into a flow. You can close
        this page.
      </p>
    `,
  })
