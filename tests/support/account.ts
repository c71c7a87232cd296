import { startHubSpot, type HubSpot } from '../../sandbox/hubspot'
import type { RealSettings } from '../../sandbox/real/settings'
import { startRealStack, type RealStack } from '../../sandbox/real/stack'
import type { Stack } from '../../sandbox/stack'
import { freePort } from './free-port'

/** HubSpot's stand-in acts as a real account, and another port of this machine as the tunnel. */
export type Account = { hubspot: HubSpot; settings: RealSettings }

export async function startAccount(): Promise<Account> {
  const hubspot = await startHubSpot()
  const publicPort = await freePort()
  const settings = {
    apiUrl: hubspot.url,
    appUrl: hubspot.url,
    apiFamily: 'v3',
    publicUrl: `http://127.0.0.1:${publicPort}`,
    publicPort,
    configuration: { ...hubspot.app, refreshToken: hubspot.tokens.issueRefreshToken(), inboxId: '481939' },
  }
  return { hubspot, settings }
}

/** Resolves when both sides have settled. */
export async function bothSettled(stack: RealStack, hubspot: HubSpot): Promise<void> {
  await stack.settled()
  await hubspot.webhook.settled()
  await stack.settled()
}

/** Adapts the sandbox to helpers that expect HubSpot's stand-in. */
export const asStack = (stack: RealStack, hubspot: HubSpot): Stack => ({ ...stack, hubspot })

/** Starts the sandbox for such an account, with the app's URLs set as an owner would. */
export async function startSandboxFor(
  hubspot: HubSpot,
  settings: RealSettings,
  onLog?: (line: string) => void,
): Promise<RealStack> {
  const stack = await startRealStack(settings, onLog)
  hubspot.setAppWebhook(stack.botpress.webhookUrl)
  hubspot.setRedirectUrls([stack.botpress.redirectUrl])
  return stack
}
