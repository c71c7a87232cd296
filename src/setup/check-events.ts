import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { APP_EVENTS } from '../hubspot/scopes'
import type { Connection } from '../installation/connection'

/**
 * Warns if the app's events do not reach this bot. HubSpot tells for legacy public apps only, so silence proves nothing,
 * and a failure here must not fail the save. Changes nothing in HubSpot. The
 * publisher looks after a shared app.
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
