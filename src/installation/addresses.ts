import { env } from '../env'
import type { ScopeVariant } from '../hubspot/scopes'

/** Where HubSpot sends an installation's webhooks: the target URL of its own app and the webhook URL of its channel. */
export const webhookUrl = (webhookId: string): string => `${env.botpressWebhookUrl()}/${webhookId}`

/** The same for all installations that share an app. Botpress' gateway finds the one that is meant by `extract.vrl`. */
export const sharedWebhookUrl = (): string => `${env.botpressWebhookUrl()}/integration/global/hubspot-hitl`

/**
 * Where HubSpot redirects browsers, the same for every bot: Botpress' gateway finds the installation by the link's
 * `state`, even while the installation is disabled.
 */
export const redirectUrl = (): string => `${env.botpressWebhookUrl()}/oauth`

/** What the Authorize button opens, unless a variant is given; `linkTemplate.vrl` yields the same link. */
export function authorizeLink(webhookId: string, scopes: ScopeVariant = 'all'): string {
  const link = wizardPage('start', webhookId)
  return scopes === 'all' ? link : `${link}&scopes=${scopes}`
}

/** How an owner gets an app, even if the publisher has one for everybody. */
export const ownAppPage = (webhookId: string): string => `${wizardPage('start', webhookId)}&app=own`

/** One of the pages that lead an owner's browser to a connection. */
export const wizardPage = (page: 'start' | 'approve' | 'inboxes' | 'connect' | 'try', webhookId: string): string =>
  `${redirectUrl()}/wizard/${page}?state=${encodeURIComponent(webhookId)}`
