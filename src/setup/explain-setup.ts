import { RuntimeError } from '@botpress/sdk'
import { explainedBy, reason } from '../explain'
import type { HubSpotError } from '../hubspot/errors'
import { missingScopes } from '../hubspot/scopes'
import { fieldTitle } from '../session/configuration'

/** The parts of a save that speak to HubSpot; each knows which fields it depends on. */
type Step = 'tokens' | 'inboxes' | 'channels' | 'accounts'

/** Runs one step of a save and names the field at fault when HubSpot refuses. Throws `RuntimeError`. */
export const explainSetup = <T>(step: Step, run: () => Promise<T>): Promise<T> =>
  explainedBy((error) => sentence(step, error), run)

/** Throws `RuntimeError` naming what the account has not granted. */
export function assertScopes(granted: readonly string[]): void {
  const missing = missingScopes(granted)
  if (missing.length === 0) return
  throw new RuntimeError(
    `The HubSpot app lacks the scopes ${missing.join(', ')}. Add them to the app, install it again and put the new ${field('refreshToken')} here: a token knows only the scopes that it was made with.`,
  )
}

function sentence(step: Step, error: HubSpotError): string {
  if (error.kind === 'auth' && step === 'tokens') return credentials(error)
  if (error.kind === 'auth' && step === 'channels') {
    return `${field('developerApiKey')} and ${field('appId')} do not go together. Copy the key from Development > Keys of the HubSpot account that owns the app, and the number from the app's own page.`
  }
  return `The configuration could not be saved: ${reason(error)}`
}

/** HubSpot answers a wrong client id, client secret and refresh token each with a status of its own. */
function credentials({ category = '' }: HubSpotError): string {
  if (/CLIENT_ID/i.test(category)) return `${field('clientId')} is not that of a HubSpot app. ${COPY_AUTH}`
  if (/CLIENT/i.test(category))
    return `${field('clientSecret')} is not that of the app with this ${field('clientId')}. ${COPY_AUTH}`
  return `${field('refreshToken')} is wrong, has been revoked or belongs to another app. Install the app again in HubSpot and enter the token that it gives.`
}

const COPY_AUTH = 'Copy both from the Auth tab of your app in HubSpot.'

const field = (name: string): string => `"${fieldTitle(name)}"`
