import { assemble, type Sandbox } from './assemble'
import type { Served } from './http/serve'
import { startHubSpot, type HubSpot } from './hubspot'
import { defaultOptions, type HubSpotOptions } from './hubspot/options'

export type StackOptions = {
  hubspot?: Partial<HubSpotOptions>
  apiFamily?: 'v3' | 'dated'
  /** If false, the configuration has no refresh token and no inbox: the owner still has to authorize. */
  isConnected?: boolean
  /** What the owner allows; by default only what the app requires. */
  scopes?: string[]
  /** Starts the integration; by default in this process. */
  serve?: () => Promise<Served>
}

/** Both stand-ins with the built integration between them, configured as an owner would. */
export type Stack = Sandbox<HubSpot>

/** Called with each closed stack, so that tests can check what it leaves behind. */
export const closing = new Set<(stack: Stack) => void>()

/** For people: the owner has allowed everything that the app asks for. */
export const startFullStack = (hubspot: Partial<HubSpotOptions> = {}): Promise<Stack> =>
  startStack({ hubspot, scopes: [...defaultOptions.requiredScopes, ...defaultOptions.optionalScopes] })

/** One stack per process at a time: the integration finds the stand-ins through the environment. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const hubspot = await startHubSpot(options.hubspot)
  const sandbox = await assemble({
    hubspot,
    serve: options.serve,
    botpress: {
      configuration: {
        ...hubspot.app,
        ...(options.isConnected !== false && {
          refreshToken: hubspot.tokens.issueRefreshToken(options.scopes),
          inboxId: hubspot.inboxes[0]?.id ?? '',
        }),
      },
    },
    environment: {
      HUBSPOT_API_URL: hubspot.url,
      HUBSPOT_APP_URL: hubspot.url,
      HUBSPOT_API_FAMILY: options.apiFamily ?? 'v3',
    },
  })
  hubspot.setAppWebhook(sandbox.botpress.webhookUrl)
  hubspot.setRedirectUrls([sandbox.botpress.redirectUrl])
  const stack: Stack = {
    ...sandbox,
    close: async () => {
      await sandbox.close()
      for (const look of closing) look(stack)
    },
  }
  return stack
}
