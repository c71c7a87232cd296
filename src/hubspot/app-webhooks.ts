import * as z from 'zod/mini'
import type { HubSpotHttp } from './http'
import { optional, optionalList } from './schemas'

/** A save waits for it, and can do without. In milliseconds. */
const BUDGET_MS = 4_000

const subscription = z.object({
  eventType: z.string(),
  propertyName: optional(z.string()),
  active: z.catch(z.boolean(), true),
})

/**
 * Where an app's events go and which ones it subscribes to. HubSpot tells for legacy public apps only, and refuses for
 * all others. Both functions throw `HubSpotError`.
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
 */
export function createAppWebhooks(http: HubSpotHttp, appId: string) {
  const read = <S extends z.ZodMiniType>(name: string, answer: S) =>
    http({
      method: 'GET',
      path: `/webhooks/v3/${encodeURIComponent(appId)}/${name}`,
      auth: 'developerKey',
      once: true,
      budgetMs: BUDGET_MS,
      answer,
    })
  return {
    targetUrl: async () => (await read('settings', z.object({ targetUrl: z.string() }))).targetUrl,
    subscriptions: async () => (await read('subscriptions', z.object({ results: optionalList(subscription) }))).results,
  }
}
