import { Hono } from 'hono'
import { serveOnLoopback } from '../../sandbox/http/serve'

/** A port that was free a moment ago, for an address that must be known before a server uses it. */
export async function freePort(): Promise<number> {
  const { port, close } = await serveOnLoopback(new Hono())
  await close()
  return port
}
