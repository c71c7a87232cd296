import { Hono } from 'hono'
import { Integration, type Client, type HandlerProps, type IntegrationProps } from '../../../src/bp'
import { serveOnLoopback } from '../../http/serve'
import { startBotpress, type Botpress } from '../index'

type Messages = IntegrationProps['channels']['hitl']['messages']
export type Received = Parameters<Messages[keyof Messages]>[0]

type UntypedClient = Client['_inner']
export type Toy = {
  botpress: Botpress
  /** The SDK's client, as it was handed to `register`. */
  client: Client
  /** The same, for what the integration's types would not let pass. */
  untypedClient: UntypedClient
  /** What the channel got. */
  received: Received[]
  /** What the webhook got. */
  requests: HandlerProps['req'][]
  /** The integration is gone, Botpress stays. */
  stopIntegration: () => Promise<void>
  close: () => Promise<void>
}

export const CONFIGURATION = {
  developerApiKey: 'developer-key',
  appId: '1',
  clientId: 'client',
  clientSecret: 'secret',
  refreshToken: 'refresh',
  inboxId: '7',
}

type Behaviour = {
  botId?: string
  actions?: Partial<IntegrationProps['actions']>
  handler?: IntegrationProps['handler']
  text?: Messages['text']
}

/** The smallest integration that implements the interface, served by the SDK and installed into a stand-in. */
export async function installToy(behaviour: Behaviour = {}): Promise<Toy> {
  const clients: Client[] = []
  const seen: Pick<Toy, 'received' | 'requests'> = { received: [], requests: [] }
  const integration = toyIntegration(behaviour, seen, (client) => clients.push(client))
  const served = await serveOnLoopback(sdkServer(integration))
  const { botId } = behaviour
  const botpress = await startBotpress({
    integrationUrl: served.url,
    configuration: { ...CONFIGURATION },
    ...(botId !== undefined && { botId }),
  })
  // The SDK makes its client from the environment, as it does when deployed.
  process.env['BP_API_URL'] = botpress.url
  process.env['BP_TOKEN'] = botpress.token
  await botpress.register()
  const [client] = clients
  if (!client) throw new Error('The toy integration was not registered')
  // oxlint-disable-next-line no-underscore-dangle -- the SDK's own name for it
  const untypedClient = client._inner
  const close = async () => {
    await botpress.close()
    await served.close()
  }
  return { botpress, client, untypedClient, ...seen, stopIntegration: served.close, close }
}

function toyIntegration(
  behaviour: Behaviour,
  { received, requests }: Pick<Toy, 'received' | 'requests'>,
  onRegister: (client: Client) => void,
): Integration {
  const record = async (message: Received) => void received.push(message)
  return new Integration({
    register: async ({ client }) => onRegister(client),
    unregister: async () => undefined,
    handler: async (props) => {
      requests.push(props.req)
      return behaviour.handler?.(props)
    },
    actions: { ...defaultActions(), ...behaviour.actions },
    channels: {
      hitl: {
        messages: {
          text: behaviour.text ?? record,
          image: record,
          audio: record,
          video: record,
          file: record,
          bloc: record,
        },
      },
    },
  })
}

function defaultActions(): IntegrationProps['actions'] {
  let threads = 0
  return {
    createUser: async ({ client, input: { name, email = '' } }) => {
      const { user } = await client.createUser({ name, tags: { email } })
      return { userId: user.id }
    },
    startHitl: async ({ client, input: { userId } }) => {
      threads += 1
      const { conversation } = await client.createConversation({
        channel: 'hitl',
        tags: { id: `thread-${threads}`, userId },
      })
      return { conversationId: conversation.id }
    },
    stopHitl: async () => ({}),
    getAvailability: async () => ({ status: 'unknown', available: true, availableAgents: 0, agents: [] }),
  }
}

function sdkServer(integration: Integration): Hono {
  const app = new Hono()
  app.post('/', async (c) => {
    const headers = c.req.header()
    const answer = await integration.handler({
      body: await c.req.text(),
      path: '/',
      query: '',
      method: 'POST',
      headers,
    })
    return new Response(answer?.body ?? '{}', { status: answer?.status ?? 200, headers: answer?.headers ?? {} })
  })
  return app
}
