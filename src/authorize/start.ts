import type * as bp from '../bp'
import { env } from '../env'
import { consentAddress } from '../hubspot/oauth'
import { SCOPE_VARIANTS } from '../hubspot/scopes'
import { redirectUrl } from '../installation/addresses'
import { appOf } from '../installation/app'
import { redirect } from './page'
import type { Visit } from './visit'
import { yourApp } from './your-app'

/** Where the Authorize button leads: on to HubSpot, connected or not; without an app, to what is left to do. */
export function start(visit: Visit): bp.WebhookAnswer {
  const { ctx } = visit.props
  const app = appOf(ctx)
  if (!app) return yourApp(visit)
  return redirect(
    consentAddress(env.hubspotAppUrl(), {
      clientId: app.clientId,
      redirectUri: redirectUrl(),
      scopes: SCOPE_VARIANTS.find((variant) => variant === visit.query.get('scopes')) ?? 'all',
      // Botpress' gateway finds the installation by it. It is no secret; docs/security.md says what protects instead.
      state: ctx.webhookId,
    }),
  )
}
