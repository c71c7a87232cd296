import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { Request, Response as SdkResponse } from '@botpress/sdk'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { serveOnLoopback, type Served } from './http/serve'

type Handler = (req: Request) => Promise<SdkResponse | void>

/** Wraps the handling of one operation, which is identified by its installation's webhook id. */
export type Surround = <T>(webhookId: string, work: () => Promise<T>) => Promise<T>

const BUNDLE = resolve('dist/index.cjs')

/**
 * Serves the built bundle like Botpress does: each POST is one operation, handled by the SDK's handler. It replaces the
 * SDK's server, which would listen on every network interface.
 */
export async function serveIntegration(surround: Surround = (_, work) => work()): Promise<Served> {
  const handler = loadHandler()
  const app = new Hono()
  app.get('/health', (c) => c.text('ok'))
  app.post('*', async (c) => {
    const { pathname, search } = new URL(c.req.url)
    const body = await c.req.text()
    const operation = { body, path: pathname, query: search.slice(1), method: c.req.method, headers: c.req.header() }
    const answer = await surround(c.req.header('x-webhook-id') ?? '', () => handler(operation))
    return new Response(answer?.body ?? '{}', { status: answer?.status ?? 200, headers: answer?.headers ?? {} })
  })
  return serveOnLoopback(app)
}

/** Loads the bundle again, so that its memory is empty as in a new process. */
function loadHandler(): Handler {
  const require = createRequire(import.meta.url)
  delete require.cache[BUNDLE]
  return bundle.parse(require(BUNDLE)).handler
}

const bundle = z.object({ handler: z.custom<Handler>((value) => typeof value === 'function') })
