import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { CallLog } from '../http/call-log'
import { injectFaults, type FaultPlan } from '../http/faults'
import { chatApi, type ChatApi } from './api'
import { fileRoutes, type StoredFile } from './api/files'
import { BotpressError } from './errors'

export type ServerParts = {
  api: ChatApi
  files: StoredFile[]
  gateway: Hono
  log: CallLog
  faults: () => FaultPlan | undefined
}

/** The two addresses that Botpress has: the runtime API and the webhook gateway. */
export function createServer({ api, files, gateway, log, faults }: ServerParts): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use('/v1/*', log.record, injectFaults(faults))
  app.route('/v1/chat', chatApi(api))
  app.route('/', fileRoutes(api.identity, files))
  app.route('/', gateway)
  app.all('/webhooks/*', () => {
    throw new BotpressError('ResourceNotFound', 'There is no such webhook')
  })
  app.notFound((c) => c.json(new BotpressError('MethodNotFound', `${c.req.path} is not an operation`).toBody(), 405))
  app.onError((error, c) => {
    const known = error instanceof BotpressError ? error : new BotpressError('Internal', error.message)
    return c.json(known.toBody(), known.status)
  })
  return app
}
