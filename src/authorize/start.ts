import type * as bp from '../bp'
import { env } from '../env'
import { consentAddress } from '../hubspot/oauth'
import { SCOPE_VARIANTS } from '../hubspot/scopes'
import { redirectUrl } from '../installation/addresses'
import { appOf } from '../installation/configuration'
import { redirect } from './page'
import type { Visit } from './visit'
import { yourApp } from './your-app'

/** Where the Authorize button leads: to HubSpot's consent page, or without an app to a page that says what to do. */
export function start(visit: Visit): bp.WebhookAnswer {
  const { ctx } = visit.props
  const app = appOf(ctx)
  if (!app) return yourApp(visit)
  return redirect(
    consentAddress(env.hubspotAppUrl(), {
      clientId: app.clientId,
      redirectUri: redirectUrl(),
      scopes: SCOPE_VARIANTS.find((variant) => variant === visit.query.get('scopes')) ?? 'all',
      // Botpress' gateway finds the installation by it. It is not secret; docs/security.md says what protects the
      // callback.
      state: ctx.webhookId,
    }),
  )
}
