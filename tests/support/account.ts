import { startHubSpot, type HubSpot } from '../../sandbox/hubspot'
import type { RealSettings } from '../../sandbox/real/settings'
import { startRealStack, type RealStack } from '../../sandbox/real/stack'
import type { Stack } from '../../sandbox/stack'
import { freePort } from './free-port'

/** Plays HubSpot itself, and another port of this machine the tunnel. */
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

/** Resolves when nothing is under way on either side. */
export async function bothSettled(stack: RealStack, hubspot: HubSpot): Promise<void> {
  await stack.settled()
  await hubspot.webhook.settled()
  await stack.settled()
}

/** As the helpers for the stand-ins' own stack see it. */
export const asStack = (stack: RealStack, hubspot: HubSpot): Stack => ({ ...stack, hubspot })

/** The sandbox for such an account, whose app leads there as an owner would have set it up. */
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
