import { startBotpress, type Botpress } from './botpress'
import type { BotpressOptions } from './botpress/wiring'
import { captureConsole } from './console'
import type { Served } from './http/serve'
import type { HubSpot } from './hubspot'
import { serveIntegration } from './integration'
import type { RealHubSpot } from './reach-hubspot'

/**
 * The built integration between Botpress' stand-in and either HubSpot's stand-in or a real account, as `hubspot.kind`
 * says. The stand-in's agents are simulated here. A real account's agents use HubSpot, and only the calls are visible
 * here.
 */
export type Sandbox<Side extends HubSpot | RealHubSpot = HubSpot | RealHubSpot> = {
  hubspot: Side
  botpress: Botpress
  /** The integration's log. */
  readonly log: readonly string[]
  /** Resolves when nothing is running on this machine, including scheduled events and redeliveries. */
  settled: () => Promise<void>
  /** Restarts the integration with empty memory. */
  restartIntegration: () => Promise<void>
  close: () => Promise<void>
}

/** Whether the agents are simulated on this machine too. */
export const isPlayedHere = (sandbox: Sandbox): sandbox is Sandbox<HubSpot> => sandbox.hubspot.kind === 'stand-in'

type SandboxParts<Side> = {
  hubspot: Side
  botpress: Omit<BotpressOptions, 'integrationUrl'>
  /** The variables that lead the integration to HubSpot. */
  environment: Record<string, string>
  /** Called with each line that the integration logs. */
  onLog?: (line: string) => void
  /** Starts the integration; by default in this process. */
  serve?: (() => Promise<Served>) | undefined
}

/** One sandbox per process at a time: the integration finds both sides through the environment. */
export async function assemble<Side extends HubSpot | RealHubSpot>(parts: SandboxParts<Side>): Promise<Sandbox<Side>> {
  const { hubspot, serve = () => serveIntegration() } = parts
  const captured = captureConsole(parts.onLog)
  let integration: Served = await serve()
  const botpress = await startBotpress({ ...parts.botpress, integrationUrl: () => integration.url })
  const restore = setEnvironment({
    ...parts.environment,
    BP_API_URL: botpress.url,
    BP_WEBHOOK_URL: botpress.webhookBase,
    BP_TOKEN: botpress.token,
    HUBSPOT_HITL_ALLOW_LOOPBACK: 'true',
  })
  return {
    hubspot,
    botpress,
    log: captured.lines,
    settled: () => settledTogether([{ hubspot, botpress }]),
    restartIntegration: async () => {
      await integration.close()
      integration = await serve()
    },
    close: async () => {
      await botpress.close()
      await hubspot.close()
      await integration.close()
      restore()
      captured.release()
    },
  }
}

/**
 * Resolves when nothing is running in any of them. Loops, because the end of one operation can start another elsewhere.
 */
export async function settledTogether(sandboxes: readonly Pick<Sandbox, 'hubspot' | 'botpress'>[]): Promise<void> {
  const doneBy = ({ hubspot, botpress }: Pick<Sandbox, 'hubspot' | 'botpress'>) =>
    botpress.operations.length + botpress.log.calls.length + hubspot.log.calls.length
  const doneSoFar = () => sandboxes.reduce((sum, sandbox) => sum + doneBy(sandbox), 0)
  let [before, after] = [-1, 0]
  while (before !== after) {
    before = doneSoFar()
    for (const { hubspot, botpress } of sandboxes) {
      await botpress.settled()
      if (hubspot.kind === 'stand-in') await hubspot.webhook.settled()
    }
    after = doneSoFar()
  }
}

/** Returns a function that restores the former values. */
export function setEnvironment(values: Record<string, string>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, values)
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}
