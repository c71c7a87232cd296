import { Hono } from 'hono'
import { BotpressError } from '../errors'
import type { Pending } from '../pending'
import type { Store } from '../store'
import type { Identity } from '../types'
import { requireIdentity } from './auth'
import { bodies, readBody } from './body'
import { conversationRoutes } from './conversations'
import { eventRoutes, type EventDelivery } from './events'
import { incomingRoutes } from './incoming'
import { messageRoutes, type MessageDelivery } from './messages'
import { stateRoutes } from './states'
import { userRoutes } from './users'

export type ChatApi = {
  identity: Identity
  store: Store
  pending: Pending
  onMessage: MessageDelivery
  onEvent: EventDelivery
  onConfigured: (identifier: string | null) => void
}

/** The runtime API as the integration's client calls it, below `/v1/chat`. */
export function chatApi({ identity, store, pending, onMessage, onEvent, onConfigured }: ChatApi): Hono {
  const api = new Hono()
  api.use(requireIdentity(identity))
  api.route('/', userRoutes(store))
  api.route('/', conversationRoutes(store))
  api.route('/', messageRoutes(store, pending, onMessage))
  api.route('/', incomingRoutes(store, pending, onMessage))
  api.route('/', eventRoutes(store, pending, onEvent))
  api.route('/', stateRoutes(store))
  api.post('/integrations/configure', async (c) => {
    const { identifier } = await readBody(c, bodies.configureIntegration)
    if (identifier !== undefined) onConfigured(identifier)
    return c.json({})
  })
  api.all('/*', (c) => {
    throw new BotpressError('MethodNotFound', `${c.req.method} ${c.req.path} is not an operation`)
  })
  return api
}
