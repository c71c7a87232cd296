import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { authorizeLink } from '../installation/addresses'
import { callback } from './callback'
import { connectChosen } from './connect'
import { html } from './html'
import { chooseInboxes, showInboxes } from './inboxes'
import { renderPage, type Answer } from './page'
import { start } from './start'
import { NotConnected, type Visit } from './visit'

type Route = (visit: Visit) => Answer | Promise<Answer>

/** The pages that an owner's browser comes to, by method and path below the webhook URL. */
const ROUTES: Record<string, Route> = {
  'GET /oauth/start': start,
  // HubSpot sends the browser to the redirect URL, which is the webhook URL itself.
  'GET ': callback,
  'GET /oauth/inboxes': showInboxes,
  'POST /oauth/inboxes': chooseInboxes,
  'GET /oauth/connect': connectChosen,
}

/** Answers a browser on its way to a connection; undefined for everything else that comes to the webhook URL. */
export async function answerBrowser(props: bp.HandlerProps): Promise<Answer | undefined> {
  const { method, path, query } = props.req
  const visit = { props, query: new URLSearchParams(query) }
  const route = ROUTES[`${method.toUpperCase()} ${path.replace(/\/$/, '')}`]
  if (!route || (route === callback && !isFromHubSpot(visit.query))) return undefined
  try {
    return await route(visit)
  } catch (thrown) {
    return notConnected(props, thrown)
  }
}

const isFromHubSpot = (query: URLSearchParams): boolean => ['state', 'code', 'error'].some((name) => query.has(name))

/** One sentence and one next step, whatever went wrong. What nobody foresaw goes into the log, without its words. */
function notConnected({ ctx, logger }: bp.HandlerProps, thrown: unknown): Answer {
  const isForeseen = thrown instanceof NotConnected || thrown instanceof RuntimeError
  if (!isForeseen) logger.forBot().error(`Authorizing failed: ${thrown instanceof Error ? thrown.name : typeof thrown}`)
  return renderPage({
    title: 'Not connected',
    status: isForeseen ? 400 : 500,
    outcome: 'bad',
    content: html`
      <p role="alert">${isForeseen ? thrown.message : 'Something went wrong that nobody has foreseen.'}</p>
      <p>${nextStep(thrown)}</p>
      <p><a class="button" href="${authorizeLink(ctx.webhookId)}">Authorize</a></p>
    `,
  })
}

function nextStep(thrown: unknown): string {
  if (thrown instanceof NotConnected) return thrown.next
  return thrown instanceof RuntimeError ? 'When that is done, authorize again:' : 'Authorize again in a minute:'
}
