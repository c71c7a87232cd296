import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { CREATE_NEEDS_SCOPE, details, explainedBy, reason, type Installation } from '../installation/explain'
import type { HubSpotError } from '../hubspot/errors'
import { CREATE_CONTACTS_SCOPE, hasScope, missingScopes } from '../hubspot/scopes'
import { redirectUrl } from '../installation/addresses'
import { fieldTitle, type Settings } from '../installation/configuration'

/** The parts of setting up that speak to HubSpot; each knows which fields it depends on. */
type Step = 'tokens' | 'inboxes' | 'channels' | 'newChannel' | 'accounts'

/** Runs one step and names the field at fault when HubSpot refuses. Throws `RuntimeError`. */
export const explainSetup = <T>(step: Step, installation: Installation, run: () => Promise<T>): Promise<T> =>
  explainedBy((error) => sentence(step, error, installation), run)

/** Throws `RuntimeError` naming what the account has not granted. HubSpot need not say what it has. */
export function assertScopes(granted: readonly string[]): void {
  const missing = granted.length === 0 ? [] : missingScopes(granted)
  if (missing.length === 0) return
  throw new RuntimeError(
    `The HubSpot app lacks the scopes ${missing.join(', ')}. Add them to the app, then click Authorize: an existing connection does not get new scopes.`,
  )
}

/** What works without its scope does; the owner should know what does not. */
export function warnOfScopes(
  granted: readonly string[],
  { unknownContact }: Pick<Settings, 'unknownContact'>,
  logger: bp.Logger,
): void {
  if (unknownContact !== 'create' || granted.length === 0 || hasScope(granted, CREATE_CONTACTS_SCOPE)) return
  logger.forBot().warn(`${CREATE_NEEDS_SCOPE} Until then, customers without a contact come as visitors.`)
}

/** For the owner's log: the account that a bot hands over to is never changed in silence. */
export const moved = (from: string, to: string): string =>
  `This integration is now connected to HubSpot account ${to} instead of ${from}. A session that is open in ${from} ends when its customer writes again.`

function sentence(step: Step, error: HubSpotError, installation: Installation): string {
  if (error.kind === 'auth' && step === 'tokens') return credentials(error)
  if (error.kind === 'auth' && (step === 'channels' || step === 'newChannel')) return keyAndApp()
  if (step === 'channels' && isRefusal(error)) return keyOrApp(error)
  if (error.status === 403 && error.kind === 'validation' && (step === 'newChannel' || step === 'accounts')) {
    return `This HubSpot account may not use custom channels (${details(error)}). They are part of Sales Hub and Service Hub, Professional and Enterprise: check the plan of the account.`
  }
  if (error.kind === 'validation' && step === 'newChannel' && !/CAPABILITY/i.test(error.category ?? '')) {
    return `HubSpot refused to register another channel for the app (${details(error)}). Most often it has as many as HubSpot allows: uninstall this integration from bots that no longer need it, or use another app.`
  }
  return `This integration could not be connected to HubSpot: ${reason(error, installation)}`
}

/** HubSpot answers a wrong client id, client secret, redirect URL and refresh token each with a status of its own. */
function credentials({ category = '' }: HubSpotError): string {
  if (/CLIENT_ID/i.test(category)) return `${field('clientId')} is not that of a HubSpot app. ${COPY_AUTH}`
  if (/CLIENT/i.test(category))
    return `${field('clientSecret')} is not that of the app with this ${field('clientId')}. ${COPY_AUTH}`
  if (/REDIRECT/i.test(category))
    return `The redirect URL of the HubSpot app is not the one that this integration uses. They must be identical: enter ${redirectUrl()} as redirect URL of the app.`
  return `${field('refreshToken')} is wrong, has been revoked or belongs to another app. Empty it, save, and click Authorize instead.`
}

const COPY_AUTH = 'Copy both values from the Auth tab of your app in HubSpot.'

const keyAndApp = (): string =>
  `${field('developerApiKey')} and ${field('appId')} do not go together. Copy the key from Development > Keys of the HubSpot account that owns the app, and the number from the app's own page.`

/** The list of channels needs nothing else, so nothing else can be at fault. */
const isRefusal = ({ kind, status = 0 }: HubSpotError): boolean =>
  status >= 400 && status < 500 && kind !== 'rateLimit' && kind !== 'unavailable'

const keyOrApp = (error: HubSpotError): string =>
  `HubSpot refused ${field('developerApiKey')} or ${field('appId')} (${details(error)}). Copy the key from Development > Keys of the HubSpot account that owns the app, and the number from the app's own page.`

const field = (name: string): string => `"${fieldTitle(name)}"`
