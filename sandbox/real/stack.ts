import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { assemble, type Sandbox } from '../assemble'
import { serveAt } from '../http/port'
import { reachHubSpot, type RealHubSpot } from '../reach-hubspot'
import type { RealSettings } from './settings'

export type RealStack = Sandbox<RealHubSpot>

/**
 * Fixed, because the webhook URL is part of the HubSpot app, which is uploaded before the sandbox starts.
 */
const WEBHOOK_ID = 'sandbox'

/** Far more than HubSpot ever sends. */
const MAX_BYTES = 5_000_000

/**
 * A real HubSpot account and Botpress' stand-in with the built integration between them. The tunnel's port serves only
 * the webhook.
 */
export async function startRealStack(settings: RealSettings, onLog?: (line: string) => void): Promise<RealStack> {
  const hubspot = await reachHubSpot(settings)
  const sandbox = await assemble({
    hubspot,
    botpress: { configuration: settings.configuration, webhookId: WEBHOOK_ID, publicUrl: settings.publicUrl },
    environment: {
      HUBSPOT_API_URL: hubspot.url,
      HUBSPOT_APP_URL: hubspot.appUrl,
      HUBSPOT_API_FAMILY: settings.apiFamily,
    },
    ...(onLog && { onLog }),
  })
  const publicPart = new Hono().use(bodyLimit({ maxSize: MAX_BYTES })).route('/', sandbox.botpress.gateway)
  const served = await serveAt(publicPart, { name: 'SANDBOX_PUBLIC_PORT', number: settings.publicPort })
  return {
    ...sandbox,
    close: async () => {
      await served.close()
      await sandbox.close()
    },
  }
}
