import { Hono } from 'hono'
import { serveOnLoopback } from '../../sandbox/http/serve'

/** A port that was free a moment ago: for an address that has to be known before anything listens there. */
export async function freePort(): Promise<number> {
  const { port, close } = await serveOnLoopback(new Hono())
  await close()
  return port
}
