import { env } from '../env'
import type { ScopeVariant } from '../hubspot/scopes'

/** Where HubSpot sends the webhooks of an installation: the target URL of its app and of its channel. */
export const webhookUrl = (webhookId: string): string => `${env.botpressWebhookUrl()}/${webhookId}`

/**
 * Where HubSpot sends browsers back to, the same for every bot: Botpress' gateway finds the installation by the link's
 * `state`, also while the installation is disabled.
 */
export const redirectUrl = (): string => `${env.botpressWebhookUrl()}/oauth`

/** What the Authorize button opens, with the scopes that nearly every app has; `linkTemplate.vrl` yields the same. */
export function authorizeLink(webhookId: string, scopes: ScopeVariant = 'all'): string {
  const link = wizardPage('start', webhookId)
  return scopes === 'all' ? link : `${link}&scopes=${scopes}`
}

/** A page that an owner's browser comes to on its way to a connection. */
export const wizardPage = (page: 'start' | 'inboxes' | 'connect', webhookId: string): string =>
  `${redirectUrl()}/wizard/${page}?state=${encodeURIComponent(webhookId)}`
