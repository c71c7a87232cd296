import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { setEnvironment, settledTogether } from './assemble'
import { startBotpress } from './botpress'
import { Identifiers } from './botpress/identifiers'
import { newId } from './botpress/ids'
import type { BotpressOptions } from './botpress/wiring'
import { captureConsole } from './console'
import { startHubSpot, type HubSpot } from './hubspot'
import { defaultOptions, type HubSpotApp, type HubSpotOptions } from './hubspot/options'
import { serveIntegration } from './integration'
import { closing, type Stack } from './stack'
import { serveCrossroads, type Side } from './crossroads'

export type Arrangement = 'two bots' | 'two aliases of one bot' | Shared

/** With the publisher's app, each bot in an account of its own, or both in one. */
type Shared = "two bots with the publisher's app" | 'two bots for one account'

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

/**
 * Each installation has its own Botpress and HubSpot account, and both accounts use the same ids. With apps of their own,
 * they have a complete form; with the publisher's, their owners still have to authorize.
 */
export async function startTwo(
  arrangement: Arrangement,
  { app = defaultOptions.app, ...options }: Pick<Partial<HubSpotOptions>, 'app' | 'switches' | 'inboxes'> = {},
): Promise<TwoInstallations> {
  const isShared = arrangement === "two bots with the publisher's app" || arrangement === 'two bots for one account'
  const sides: Side[] = []
  const crossroads = await serveCrossroads(sides)
  const logs = captureLogs()
  let integration = await serveIntegration(logs.surround)
  const identifiers = new Identifiers()
  const shared = { token: randomBytes(24).toString('hex'), integrationId: newId('intver') }
  const restore = setEnvironment({
    BP_API_URL: crossroads.url,
    BP_WEBHOOK_URL: `${crossroads.url}/webhooks`,
    BP_TOKEN: shared.token,
    HUBSPOT_API_URL: crossroads.url,
    HUBSPOT_APP_URL: crossroads.url,
    HUBSPOT_API_FAMILY: 'v3',
    HUBSPOT_HITL_ALLOW_LOOPBACK: 'true',
    ...(isShared && secretsOf(app)),
  })
  const oneApp = isShared ? { app, channels: new Map() } : {}
  const hubspot = await startHubSpot({ ...FIRST, ...oneApp, ...options })
  const hubspots = [
    hubspot,
    arrangement === 'two bots for one account' ? hubspot : await startHubSpot({ ...SECOND, ...oneApp, ...options }),
  ] as const
  const start = async (account: HubSpot, names: Names): Promise<Side> => {
    const botpress = await startBotpress({
      ...shared,
      ...names,
      identifiers,
      integrationUrl: () => integration.url,
      publicUrl: crossroads.url,
      configuration: {
        ...(!isShared && { ...account.app, refreshToken: account.tokens.issueRefreshToken() }),
        inboxId: account.inboxes[0]?.id ?? '',
        // So that a customer who is looked up in the wrong account reaches it, instead of being refused.
        unknownContact: 'visitor',
      },
    })
    account.setAppWebhook(isShared ? botpress.sharedWebhookUrl : botpress.webhookUrl)
    account.setRedirectUrls([botpress.webhookUrl, botpress.redirectUrl])
    sides.push({ hubspot: account, botpress })
    return { hubspot: account, botpress }
  }
  const [ofFirst, ofSecond] = NAMES[arrangement]
  const [first, second] = [await start(hubspots[0], ofFirst), await start(hubspots[1], ofSecond)]

  const common = {
    settled: () => settledTogether(sides),
    restartIntegration: async () => {
      await integration.close()
      integration = await serveIntegration(logs.surround)
    },
    close: async () => {
      const all = [...sides.map(({ botpress }) => botpress), ...new Set(hubspots), integration, crossroads]
      await Promise.all(all.map((each) => each.close()))
      restore()
      logs.release()
      for (const look of closing) for (const stack of [two.first, two.second]) look(stack)
    },
  }
  const stackOf = (side: Side): Stack => ({
    ...side,
    ...common,
    log: logs.linesOf(side.botpress.webhookId),
  })
  const two = { ...common, first: stackOf(first), second: stackOf(second), strays: crossroads.strays }
  return two
}

/** The publisher's app, if one of its secrets is in the environment. What is missing is made up. */
export function publishersApp(environment: NodeJS.ProcessEnv): HubSpotApp | undefined {
  const names = Object.entries(secretsOf(defaultOptions.app))
  if (!names.some(([name]) => environment[name])) return undefined
  const {
    SECRET_HUBSPOT_APP_ID: appId = '',
    SECRET_HUBSPOT_CLIENT_ID: clientId = '',
    SECRET_HUBSPOT_CLIENT_SECRET: clientSecret = '',
    SECRET_HUBSPOT_DEVELOPER_API_KEY: developerApiKey = '',
  } = Object.fromEntries(names.map(([name, otherwise]) => [name, environment[name] || otherwise]))
  return { appId, clientId, clientSecret, developerApiKey }
}

/** The publisher's secrets, as the integration reads them. */
const secretsOf = ({ appId, clientId, clientSecret, developerApiKey }: HubSpotApp): Record<string, string> => ({
  SECRET_HUBSPOT_APP_ID: appId,
  SECRET_HUBSPOT_CLIENT_ID: clientId,
  SECRET_HUBSPOT_CLIENT_SECRET: clientSecret,
  SECRET_HUBSPOT_DEVELOPER_API_KEY: developerApiKey,
})

type Names = Pick<BotpressOptions, 'botId' | 'alias'>

const TWO_BOTS: [Names, Names] = [{ botId: 'bot-of-the-first-owner' }, { botId: 'bot-of-the-second-owner' }]

const NAMES: Record<Arrangement, [Names, Names]> = {
  'two bots': TWO_BOTS,
  "two bots with the publisher's app": TWO_BOTS,
  'two bots for one account': TWO_BOTS,
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

/** Assigns log lines to installations by the operation that logs them. */
function captureLogs() {
  const current = new AsyncLocalStorage<string>()
  const logs = new Map<string, string[]>()
  const captured = captureConsole((line) => {
    const webhookId = current.getStore()
    for (const [owner, lines] of logs) if ((webhookId ?? owner) === owner) lines.push(line)
  })
  return {
    surround: <T>(webhookId: string, work: () => Promise<T>) => current.run(webhookId, work),
    /** The lines from now on. What is logged outside any operation belongs to both. */
    linesOf: (webhookId: string): readonly string[] => {
      const lines: string[] = []
      logs.set(webhookId, lines)
      return lines
    },
    release: captured.release,
  }
}
