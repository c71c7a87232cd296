import { env } from '../env'
import { consentAddress } from '../hubspot/oauth'
import { webhookUrl } from '../installation/addresses'
import { configurationOf } from '../installation/configuration'
import { newLink } from './link'
import { redirect, type Answer } from './page'
import type { Visit } from './visit'

/** Where the Authorize button leads: on to HubSpot. */
export function start(visit: Visit): Answer {
  const { ctx } = visit.props
  const { clientId } = configurationOf(ctx)
  return redirect(
    consentAddress(env.hubspotAppUrl(), {
      clientId,
      redirectUri: webhookUrl(ctx.webhookId),
      state: newLink(visit),
      scopes: 'all',
    }),
  )
}
