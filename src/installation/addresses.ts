import { env } from '../env'

/** Where HubSpot reaches an installation: the target of its webhooks and, exactly like this, its redirect URL. */
export const webhookUrl = (webhookId: string): string => `${env.botpressWebhookUrl()}/${webhookId}`

/** What the Authorize button opens; `linkTemplate.vrl` yields the same. */
export const authorizeLink = (webhookId: string): string => `${webhookUrl(webhookId)}/oauth/start`
