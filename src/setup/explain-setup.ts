import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { isHubSpotError, type HubSpotError } from '../hubspot/errors'
import { APP_EVENTS, CREATE_CONTACTS_SCOPE, hasScope, missingScopes } from '../hubspot/scopes'
import { redirectUrl } from '../installation/addresses'
import { completeAppOf, type App, type Installation } from '../installation/app'
import { quotedField, type Settings } from '../installation/configuration'
import type { Connection } from '../installation/connection'
import { createNeedsScope, details, explainedBy, NO_SUCH_CHANNEL, notInPlan, reason } from '../installation/explain'

/** The steps of a setup that call HubSpot. Which fields a failure can blame depends on the step. */
type Step = 'tokens' | 'inboxes' | 'channels' | 'newChannel' | 'accounts'

/** Runs one step. Throws `RuntimeError` naming the invalid field if HubSpot refuses. */
export const explainSetup = <T>(step: Step, installation: Installation, run: () => Promise<T>): Promise<T> =>
  explainedBy((error) => sentence(step, error, installation), run)

/** Throws `RuntimeError` naming the scopes that are missing. Passes if `granted` is empty: HubSpot did not list any. */
export function assertScopes(granted: readonly string[], { isShared }: Pick<App, 'isShared'>): void {
  const missing = granted.length === 0 ? [] : missingScopes(granted)
  if (missing.length === 0) return
  throw new RuntimeError(
    isShared
      ? `HubSpot has not granted the scopes ${missing.join(', ')}. Click Authorize and approve all of them.`
      : `The HubSpot app lacks the scopes ${missing.join(', ')}. Add them to the app, then click Authorize: an existing connection does not get new scopes.`,
  )
}

/** Warns of features that will not work because an optional scope is missing. */
export function warnAboutScopes(
  granted: readonly string[],
  { unknownContact }: Pick<Settings, 'unknownContact'>,
  { app, logger }: { app: App; logger: bp.Logger },
): void {
  if (unknownContact !== 'create' || granted.length === 0 || hasScope(granted, CREATE_CONTACTS_SCOPE)) return
  logger.forBot().warn(createNeedsScope(app))
}

/** For the owner's log: a bot never moves to another account silently. */
export const moved = (from: string, to: string): string =>
  `This integration is now connected to HubSpot account ${to} instead of ${from}. Each session that is open in ${from} ends with its customer's next message.`

function sentence(step: Step, error: HubSpotError, installation: Installation): string {
  const needsKey = step === 'channels' || step === 'newChannel'
  const isOfApp = step === 'tokens' ? error.kind === 'auth' : needsKey && isRefusal(error)
  const app = completeAppOf(installation)
  if (isOfApp && app?.isShared) return publishers(error)
  if (step === 'accounts' && error.kind === 'notFound' && app?.channelId !== undefined) return NO_SUCH_CHANNEL
  if (error.kind === 'auth' && step === 'tokens') return credentials(error)
  if (error.kind === 'auth' && needsKey) return `${KEY} and ${APP} do not match. ${COPY_KEY}`
  // The list of channels needs nothing else, so nothing else can be at fault.
  if (step === 'channels' && isRefusal(error))
    return `HubSpot refused ${KEY} or ${APP} (${details(error)}). ${COPY_KEY}`
  const isCreating = step === 'newChannel' || step === 'accounts'
  if (isCreating && error.kind === 'validation' && error.status === 403) return notInPlan(error)
  if (error.kind === 'validation' && step === 'newChannel' && !/CAPABILITY/i.test(error.category ?? '')) {
    return `HubSpot refused to register another channel for the app (${details(error)}). The app has probably reached HubSpot's limit: uninstall this integration from bots that no longer need it, or use another app.`
  }
  if (error.kind === 'conflict') {
    return `HubSpot has not finished another save of this integration (${details(error)}). Wait a moment, then save again.`
  }
  return `This integration could not be connected to HubSpot: ${reason(error, installation)}`
}

/** The owner can correct nothing of the publisher's app. */
const publishers = (error: HubSpotError): string =>
  `HubSpot refused the app of this integration's publisher (${details(error)}). Send this message to the publisher, or fill in the first four fields of the configuration with a HubSpot app of your own.`

/** HubSpot uses a different status for a wrong client id, client secret, redirect URL and refresh token. */
function credentials({ category = '' }: HubSpotError): string {
  if (/CLIENT_ID/i.test(category)) return `No HubSpot app has this ${quotedField('clientId')}. ${COPY_AUTH}`
  if (/CLIENT/i.test(category))
    return `${quotedField('clientSecret')} does not match ${quotedField('clientId')}. ${COPY_AUTH}`
  if (/REDIRECT/i.test(category))
    return `The HubSpot app has a different redirect URL. Enter exactly ${redirectUrl()} as the app's redirect URL.`
  return `${quotedField('refreshToken')} is wrong, has been revoked or belongs to another app. Clear the field, save, then click Authorize.`
}

const [KEY, APP] = [quotedField('developerApiKey'), quotedField('appId')]

const COPY_AUTH = `Copy ${quotedField('clientId')} and ${quotedField('clientSecret')} from the Auth tab of your app in HubSpot.`

const COPY_KEY =
  "Copy the key from Development > Keys in the HubSpot account that owns the app, and the App ID from the app's page."

const isRefusal = ({ kind, status = 0 }: HubSpotError): boolean =>
  status >= 400 && status < 500 && kind !== 'rateLimit' && kind !== 'unavailable'

/**
 * Warns if the app's events do not reach this bot. HubSpot tells for legacy public apps only, so silence proves nothing,
 * and a failure here must not fail the save. Changes nothing in HubSpot. The publisher looks after a shared app.
 */
export async function checkEvents({ logger }: Pick<bp.HandlerProps, 'logger'>, { app, appWebhooks }: Connection) {
  if (app.isShared) return
  try {
    const ours = app.targetUrl
    const target = await appWebhooks.targetUrl()
    const subscriptions = await appWebhooks.subscriptions()
    const problems = APP_EVENTS.flatMap((event) => {
      const property = 'propertyName' in event ? event.propertyName : undefined
      const name = property ? `${event.subscriptionType} of ${property}` : event.subscriptionType
      const found = subscriptions.filter(
        ({ eventType, propertyName }) =>
          eventType === event.subscriptionType && (propertyName ?? '') === (property ?? ''),
      )
      if (found.length === 0) return [`${name} is missing`]
      return found.some(({ active }) => active) ? [] : [`${name} is not active`]
    })
    if (target !== ours) problems.unshift(`its target URL is ${target || 'empty'} instead of ${ours}`)
    if (problems.length === 0) return
    logger
      .forBot()
      .warn(
        `The HubSpot app does not send all of its events to this bot: ${problems.join('; ')}. Correct this on the app's Webhooks tab in HubSpot; otherwise the bot does not notice that an agent takes or closes a conversation.`,
      )
  } catch (thrown) {
    if (!isHubSpotError(thrown)) throw thrown
  }
}
