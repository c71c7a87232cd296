import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { type HubSpotError, isHubSpotError } from '../hubspot/errors'
import { CREATE_CONTACTS_SCOPE } from '../hubspot/scopes'
import { authorizeLink } from './addresses'
import { fieldTitle } from './configuration'

/** Which installation is meant: its owner has to be told where to connect again. */
export type Installation = Pick<bp.Context, 'webhookId'>

/**
 * Runs a step and turns HubSpot's refusals into a `RuntimeError` that says what failed, why and what to do.
 * HubSpot's own message is left out: it can repeat what the customer wrote. Other errors pass unchanged.
 */
export const explained = <T>(failed: string, installation: Installation, step: () => Promise<T>): Promise<T> =>
  explainedBy((error) => `${failed}: ${reason(error, installation)}`, step)

/** As `explained`, in other words. */
export async function explainedBy<T>(sentence: (error: HubSpotError) => string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (thrown) {
    if (isHubSpotError(thrown)) throw new RuntimeError(sentence(thrown), thrown)
    throw thrown
  }
}

export const CREATE_NEEDS_SCOPE = `"${fieldTitle('unknownContact')}" is "create", which needs the scope ${CREATE_CONTACTS_SCOPE}: add it to the optional scopes of the HubSpot app, then click Authorize.`

/** Why HubSpot did not do it, and the remedy, as the end of a sentence. */
export function reason(error: HubSpotError, { webhookId }: Installation): string {
  switch (error.kind) {
    case 'auth':
      return `HubSpot no longer accepts the connection. Click Authorize in the configuration of this integration, or open ${authorizeLink(webhookId)}`
    case 'missingScope':
      return `HubSpot has not granted ${error.missingScopes.join(', ') || 'a scope that is needed'}. Add it to the scopes of the HubSpot app, then click Authorize in the configuration of this integration, or open ${authorizeLink(webhookId)}`
    case 'notFound':
      return 'what it refers to no longer exists in HubSpot. Save the configuration of this integration again, which sets up what is missing.'
    case 'rateLimit':
      return "HubSpot's limit of calls is reached. Try again in a minute; if it happens often, look at the app's usage in HubSpot."
    case 'unavailable':
      return 'HubSpot did not answer, though it was tried several times. Try again in a minute; status.hubspot.com tells of outages.'
    case 'unreadable':
      return `HubSpot's answer could not be read (${error.where ?? 'no field named'}). Update this integration to its newest version; if that does not help, send this message to the integration's maintainer.`
    case 'validation':
    case 'conflict':
    case 'unexpected':
      return `HubSpot refused it (${details(error)}). If it happens again, give this to whoever maintains the integration.`
  }
}

export const details = ({ status, category, correlationId }: HubSpotError): string =>
  [status && `status ${status}`, category, correlationId && `correlation id ${correlationId}`]
    .filter(Boolean)
    .join(', ') || 'no details'
