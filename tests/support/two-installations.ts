import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { setEnvironment, settledTogether } from '../../sandbox/assemble'
import { startBotpress } from '../../sandbox/botpress'
import { newId } from '../../sandbox/botpress/ids'
import type { BotpressOptions } from '../../sandbox/botpress/wiring'
import { captureConsole } from '../../sandbox/console'
import { startHubSpot } from '../../sandbox/hubspot'
import type { HubSpotOptions } from '../../sandbox/hubspot/options'
import { serveIntegration } from '../../sandbox/integration'
import { closing, type Stack } from '../../sandbox/stack'
import { serveCrossroads, type Side } from './crossroads'

export const ARRANGEMENTS = ['two bots', 'two aliases of one bot'] as const
export type Arrangement = (typeof ARRANGEMENTS)[number]

export type Name = 'first' | 'second'

/** Two owners' installations with the same integration id, served by one process. */
export type TwoInstallations = Record<Name, Stack> & {
  /** The process's requests that name neither installation. */
  readonly strays: readonly string[]
  settled: () => Promise<void>
  /** Restarts the process with empty memory. */
  restartIntegration: () => Promise<void>
  close: () => Promise<void>
}

/** Each installation has its own Botpress and HubSpot account, and both use the same ids. */
export async function startTwo(arrangement: Arrangement): Promise<TwoInstallations> {
  const sides: Side[] = []
  const crossroads = await serveCrossroads(sides)
  const logs = captureLogs()
  let integration = await serveIntegration(logs.surround)
  const shared = { token: randomBytes(24).toString('hex'), integrationId: newId('intver') }
  const restore = setEnvironment({
    BP_API_URL: crossroads.url,
    BP_WEBHOOK_URL: `${crossroads.url}/webhooks`,
    BP_TOKEN: shared.token,
    HUBSPOT_API_URL: crossroads.url,
    HUBSPOT_APP_URL: crossroads.url,
    HUBSPOT_API_FAMILY: 'v3',
    HUBSPOT_HITL_ALLOW_LOOPBACK: 'true',
  })
  const start = async (account: Account, names: Names): Promise<Side> => {
    const side = await startSide(account, {
      ...shared,
      ...names,
      integrationUrl: () => integration.url,
      publicUrl: crossroads.url,
    })
    sides.push(side)
    return side
  }
  const [ofFirst, ofSecond] = NAMES[arrangement]
  const [first, second] = [await start(FIRST, ofFirst), await start(SECOND, ofSecond)]

  const common = {
    settled: () => settledTogether(sides),
    restartIntegration: async () => {
      await integration.close()
      integration = await serveIntegration(logs.surround)
    },
    close: async () => {
      for (const { botpress, hubspot } of sides) await Promise.all([botpress.close(), hubspot.close()])
      await Promise.all([integration.close(), crossroads.close()])
      restore()
      logs.release()
      for (const look of closing) for (const stack of [two.first, two.second]) look(stack)
    },
  }
  const stackOf = (side: Side): Stack => ({
    ...side,
    ...common,
    get log() {
      return logs.linesOf(side.botpress.webhookId)
    },
  })
  const two = { ...common, first: stackOf(first), second: stackOf(second), strays: crossroads.strays }
  return two
}

type Names = Pick<BotpressOptions, 'botId' | 'alias'>

const NAMES: Record<Arrangement, [Names, Names]> = {
  'two bots': [{ botId: 'bot-of-the-first-owner' }, { botId: 'bot-of-the-second-owner' }],
  'two aliases of one bot': [
    { botId: 'bot-of-both-owners', alias: 'hubspot-of-the-first' },
    { botId: 'bot-of-both-owners', alias: 'hubspot-of-the-second' },
  ],
}

type Account = Partial<HubSpotOptions> & { inboxes: HubSpotOptions['inboxes'] }

const FIRST: Account = { otherPortals: [], inboxes: [{ id: '481939', name: 'Inbox of the first', type: 'INBOX' }] }

const SECOND: Account = {
  portalId: 376210448,
  portalName: 'Another Company',
  app: {
    developerApiKey: '5d2a7c90-8b1e-4c55-b3f4-decade000001',
    appId: '7391064',
    clientId: '91b0c6de-27f4-4a83-9d0a-decade000002',
    clientSecret: 'c48ef1a2-6d39-4f17-8e5b-decade000003',
  },
  otherPortals: [],
  inboxes: [{ id: '730155', name: 'Help desk of the second', type: 'HELP_DESK' }],
  agents: [
    {
      actorId: 'A-3892666',
      name: 'Hedy Placeholder',
      email: 'hedy.placeholder@agents.example.net',
      avatar: 'https://avatars.example.net/hedy.placeholder.png',
    },
  ],
}

/** An account with its own app, and an installation with a complete form. */
async function startSide(
  { inboxes, ...account }: Account,
  options: Omit<BotpressOptions, 'configuration'>,
): Promise<Side> {
  const hubspot = await startHubSpot({ inboxes, ...account })
  const configuration = {
    ...hubspot.app,
    refreshToken: hubspot.tokens.issueRefreshToken(),
    inboxId: inboxes[0]?.id ?? '',
    // So that a customer who is looked up in the wrong account reaches it, instead of being refused.
    unknownContact: 'visitor',
  }
  const botpress = await startBotpress({ ...options, configuration })
  hubspot.setAppWebhook(botpress.webhookUrl)
  hubspot.setRedirectUrls([botpress.webhookUrl, `${botpress.webhookBase}/oauth`])
  return { hubspot, botpress }
}

/** Assigns log lines to installations by the operation that logs them. */
function captureLogs() {
  const current = new AsyncLocalStorage<string>()
  const lines: { webhookId: string | undefined; line: string }[] = []
  const captured = captureConsole((line) => lines.push({ webhookId: current.getStore(), line }))
  return {
    surround: <T>(webhookId: string, work: () => Promise<T>) => current.run(webhookId, work),
    /** Lines that are logged outside any operation belong to both. */
    linesOf: (webhookId: string) =>
      lines.filter((each) => (each.webhookId ?? webhookId) === webhookId).map(({ line }) => line),
    release: captured.release,
  }
}
