import { startBotpress } from '../sandbox/botpress'
import { startHubSpot } from '../sandbox/hubspot'
import type { Stack } from '../sandbox/stack'
import { bundles } from './bundles'
import { startIntegration, type IntegrationProcess } from './process'

export type Strategy = 'integration' | 'baseline'

/** Both stand-ins in this process, with a strategy in its own process between them. */
export type TestBed = Stack & {
  strategy: Strategy
  readonly integration: IntegrationProcess
  /** How long each call to either API waits before it takes effect. */
  setLatency: (ms: number) => void
}

/** HubSpot times out after five seconds. Here it waits longer, so that a baseline can finish. */
const PATIENT_MS = 60_000

export async function startTestBed(strategy: Strategy): Promise<TestBed> {
  const hubspot = await startHubSpot({ switches: { webhookTimeoutMs: PATIENT_MS } })
  const log: string[] = []
  let integration: IntegrationProcess | undefined
  const running = (): IntegrationProcess => {
    if (!integration) throw new Error('The integration is not running')
    return integration
  }
  const botpress = await startBotpress({
    integrationUrl: () => running().url,
    configuration: {
      ...hubspot.app,
      refreshToken: hubspot.tokens.issueRefreshToken(),
      inboxId: hubspot.inboxes[0]?.id ?? '',
    },
  })
  const environment = {
    HUBSPOT_API_URL: hubspot.url,
    HUBSPOT_APP_URL: hubspot.url,
    BP_API_URL: botpress.url,
    BP_WEBHOOK_URL: botpress.webhookBase,
    BP_TOKEN: botpress.token,
    HUBSPOT_HITL_ALLOW_LOOPBACK: 'true',
  }
  integration = await startIntegration(bundles[strategy], environment, log)
  return {
    strategy,
    hubspot,
    botpress,
    log,
    get integration() {
      return running()
    },
    setLatency: (ms) => {
      hubspot.switches.latencyMs = ms
      botpress.faults = ms === 0 ? undefined : () => ({ kind: 'delay', ms })
    },
    settled: async () => {
      await botpress.settled()
      await hubspot.webhook.settled()
      await botpress.settled()
    },
    restartIntegration: async () => {
      await running().close()
      integration = await startIntegration(bundles[strategy], environment, log)
    },
    close: async () => {
      await botpress.close()
      await hubspot.close()
      await running().close()
    },
  }
}
