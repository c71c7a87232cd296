import { randomUUID } from 'node:crypto'
import { env } from '../env'
import { consentAddress } from '../hubspot/oauth'
import { webhookUrl } from '../session/addresses'
import { configurationOf } from '../session/configuration'
import { redirect, type Answer } from './page'
import type { Visit } from './visit'
import { sign } from './signed'

/** From the click to coming back from HubSpot. In milliseconds. */
const LINK_MS = 10 * 60_000

/** Where the Authorize button leads: on to HubSpot. Nothing is stored, since anybody may come here. */
export function start({ props, query }: Visit): Answer {
  const { webhookId } = props.ctx
  const { clientId, clientSecret, unknownContact } = configurationOf(props.ctx)
  const state = sign({ clientSecret, webhookId, purpose: 'link' }, { id: randomUUID(), until: Date.now() + LINK_MS })
  return redirect(
    consentAddress(env.hubspotAppUrl(), {
      clientId,
      redirectUri: webhookUrl(webhookId),
      mayCreateContacts: unknownContact === 'create' || query.get('contacts') === 'create',
      state,
    }),
  )
}
