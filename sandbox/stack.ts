import { startBotpress, type Botpress } from './botpress'
import { captureConsole } from './console'
import type { Served } from './http/serve'
import { startHubSpot, type HubSpot } from './hubspot'
import type { HubSpotOptions } from './hubspot/options'
import { serveIntegration } from './integration'

export type StackOptions = {
  hubspot?: Partial<HubSpotOptions>
  apiFamily?: 'v3' | 'dated'
  /** False leaves refresh token and inbox to whoever authorizes. */
  isConnected?: boolean
}

/** Both stand-ins with the built integration between them, configured as an owner would. */
export type Stack = {
  hubspot: HubSpot
  botpress: Botpress
  /** What the integration has logged. */
  readonly log: readonly string[]
  /** Resolves when nothing is under way between the three, scheduled events and redeliveries included. */
  settled: () => Promise<void>
  /** The integration starts anew, with nothing in memory. */
  restartIntegration: () => Promise<void>
  close: () => Promise<void>
}

/** Called with each stack that is about to be closed: where tests look at what it leaves behind. */
export const closing = new Set<(stack: Stack) => void>()

/** One stack per process at a time: the integration finds the stand-ins through the environment. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const captured = captureConsole()
  const hubspot = await startHubSpot(options.hubspot)
  let integration: Served = await serveIntegration()
  const botpress = await startBotpress({
    integrationUrl: () => integration.url,
    configuration: {
      ...hubspot.app,
      ...(options.isConnected !== false && {
        refreshToken: hubspot.tokens.issueRefreshToken(),
        inboxId: hubspot.inboxes[0]?.id ?? '',
      }),
    },
  })
  hubspot.setAppWebhook(botpress.webhookUrl)
  hubspot.setRedirectUrls([botpress.webhookUrl])
  const restore = setEnvironment({
    HUBSPOT_API_URL: hubspot.url,
    HUBSPOT_APP_URL: hubspot.url,
    HUBSPOT_API_FAMILY: options.apiFamily ?? 'v3',
    BP_API_URL: botpress.url,
    BP_WEBHOOK_URL: botpress.webhookBase,
    BP_TOKEN: botpress.token,
    HUBSPOT_HITL_ALLOW_LOOPBACK: 'true',
  })
  const stack: Stack = {
    hubspot,
    botpress,
    log: captured.lines,
    settled: async () => {
      let [before, after] = [-1, 0]
      while (before !== after) {
        before = botpress.operations.length + botpress.log.calls.length + hubspot.log.calls.length
        await botpress.settled()
        await hubspot.webhook.settled()
        after = botpress.operations.length + botpress.log.calls.length + hubspot.log.calls.length
      }
    },
    restartIntegration: async () => {
      await integration.close()
      integration = await serveIntegration()
    },
    close: async () => {
      await botpress.close()
      await hubspot.close()
      await integration.close()
      restore()
      captured.release()
      for (const look of closing) look(stack)
    },
  }
  return stack
}

function setEnvironment(values: Record<string, string>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, values)
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
