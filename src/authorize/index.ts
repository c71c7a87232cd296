import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { authorizeLink } from '../installation/addresses'
import { callback } from './callback'
import { connectChosen } from './connect'
import { html } from './html'
import { showInboxes } from './inboxes'
import { renderPage } from './page'
import { start } from './start'
import { NotConnected, type Visit } from './visit'

type Route = (visit: Visit) => bp.WebhookAnswer | Promise<bp.WebhookAnswer>

/** The pages for an owner's browser. All of them use GET: a POST is a webhook and must be signed. */
const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/oauth', callback],
  ['/oauth/wizard/start', start],
  ['/oauth/wizard/inboxes', (visit) => showInboxes(visit)],
  ['/oauth/wizard/connect', connectChosen],
])

/** Answers a request for one of the pages; undefined for any other request. */
export async function answerBrowser(props: bp.HandlerProps): Promise<bp.WebhookAnswer | undefined> {
  const { method, path, query } = props.req
  const route = ROUTES.get(path.replace(/\/$/, ''))
  if (!route || method.toUpperCase() !== 'GET') return undefined
  try {
    return await route({ props, query: new URLSearchParams(query) })
  } catch (thrown) {
    return notConnected(props, thrown)
  }
}

/** One sentence and one next step for every failure. The log names an unexpected error, without its message. */
function notConnected({ ctx, logger }: bp.HandlerProps, thrown: unknown): bp.WebhookAnswer {
  const isExpected = thrown instanceof NotConnected || thrown instanceof RuntimeError
  if (!isExpected) logger.forBot().error(`Authorizing failed: ${thrown instanceof Error ? thrown.name : typeof thrown}`)
  return renderPage({
    title: 'Not connected',
    status: isExpected ? 400 : 500,
    outcome: 'bad',
    content: html`
      <p role="alert">${isExpected ? thrown.message : 'Something unexpected went wrong.'}</p>
      <p>${nextStep(thrown)}</p>
      <p><a class="button" href="${authorizeLink(ctx.webhookId)}" rel="noopener noreferrer">Authorize</a></p>
    `,
  })
}

function nextStep(thrown: unknown): string {
  if (thrown instanceof NotConnected) return thrown.next
  return thrown instanceof RuntimeError ? 'Then authorize again:' : 'Authorize again in a minute:'
}
