import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { env } from '../env'
import { consentAddress } from '../hubspot/oauth'
import { SCOPE_VARIANTS } from '../hubspot/scopes'
import { authorizeLink, redirectUrl } from '../installation/addresses'
import { appOf } from '../installation/app'
import { errorName } from '../installation/explain'
import { approve } from './account'
import { callback } from './callback'
import { connectChosen, showInboxes } from './connect'
import { html, redirect, renderPage } from './page'
import { tryIt } from './try-it'
import { NotConnected, type Visit } from './visit'
import { yourApp } from './your-app'

type Route = (visit: Visit) => bp.WebhookAnswer | Promise<bp.WebhookAnswer>

/** The pages for an owner's browser. All of them use GET: a POST is a webhook and must be signed. */
const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/oauth', callback],
  ['/oauth/wizard/start', start],
  ['/oauth/wizard/approve', approve],
  ['/oauth/wizard/inboxes', (visit) => showInboxes(visit)],
  ['/oauth/wizard/connect', connectChosen],
  ['/oauth/wizard/try', tryIt],
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

/** Where the Authorize button leads: to HubSpot's consent page, or without an app to a page that says what to do. */
function start({ props, query }: Visit): bp.WebhookAnswer {
  const { ctx } = props
  const app = appOf(ctx)
  if (!app || (app.isShared && query.get('app') === 'own')) return yourApp(ctx)
  return redirect(
    consentAddress(env.hubspotAppUrl(), {
      clientId: app.clientId,
      redirectUri: redirectUrl(),
      scopes: SCOPE_VARIANTS.find((variant) => variant === query.get('scopes')) ?? 'all',
      // Botpress' gateway finds the installation by it. It is not secret; docs/security.md says what protects the
      // callback.
      state: ctx.webhookId,
    }),
  )
}

/**
 * One sentence and one next step for every failure: a `RuntimeError` contains its own. The log names an unexpected error,
 * without its message.
 */
function notConnected({ ctx, logger, req }: bp.HandlerProps, thrown: unknown): bp.WebhookAnswer {
  const isExpected = thrown instanceof NotConnected || thrown instanceof RuntimeError
  if (!isExpected) logger.forBot().error(`Authorizing failed: ${errorName(thrown)}`)
  const next = thrown instanceof NotConnected ? thrown.next : isExpected ? '' : 'Authorize again in a minute.'
  return renderPage({
    title: req.path.endsWith('/try') ? 'The test did not start' : 'Not connected',
    status: isExpected ? 400 : 500,
    outcome: 'bad',
    content: html`
      <p role="alert">${isExpected ? thrown.message : 'Something unexpected went wrong.'}</p>
      ${next ? html`<p>${next}</p>` : html``}
      <p><a class="button" href="${authorizeLink(ctx.webhookId)}" rel="noreferrer">Authorize</a></p>
    `,
  })
}
