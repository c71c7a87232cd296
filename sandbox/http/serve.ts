import { serve } from '@hono/node-server'
import type { Env, Hono } from 'hono'

export type Served = { url: string; port: number; close: () => Promise<void> }

/** Serves an app on 127.0.0.1 only; port 0 selects a free port. Rejects if the port is in use. */
export async function serveOnLoopback<E extends Env>(app: Hono<E>, port = 0): Promise<Served> {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeAllConnections' in server) server.closeAllConnections()
      await closed
    },
  }
}
