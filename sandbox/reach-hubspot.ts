import { Hono } from 'hono'
import { createCallLog, type CallLog } from './http/call-log'
import { passedOn } from './http/pass-on'
import { serveOnLoopback } from './http/serve'

/** A real HubSpot account. Agents reply there; only the calls to it are visible here. */
export type RealHubSpot = {
  kind: 'real'
  /** The proxy for the integration's calls, which logs each one. */
  url: string
  /** Where agents reply. */
  appUrl: string
  log: CallLog
  close: () => Promise<void>
}

export type HubSpotAddresses = { apiUrl: string; appUrl: string }

/** A proxy to HubSpot's API that logs every call of the integration and changes none. */
export async function reachHubSpot({ apiUrl, appUrl }: HubSpotAddresses): Promise<RealHubSpot> {
  const log = createCallLog()
  const app = new Hono().use(log.record).all('*', (c) => passOn(c.req.raw, apiUrl))
  const { url, close } = await serveOnLoopback(app)
  return { kind: 'real', url, appUrl, log, close }
}

async function passOn(request: Request, apiUrl: string): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const body = await request.arrayBuffer()
  try {
    const answer = await fetch(`${apiUrl}${pathname}${search}`, {
      method: request.method,
      headers: passedOn(request.headers, 'accept-encoding', 'host'),
      redirect: 'manual',
      signal: request.signal,
      ...(body.byteLength > 0 && { body }),
    })
    return new Response(answer.body, { status: answer.status, headers: passedOn(answer.headers, 'content-encoding') })
  } catch (thrown) {
    return Response.json({ status: 'error', message: `HubSpot was not reached: ${reasonOf(thrown)}` }, { status: 502 })
  }
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause instanceof Error ? thrown.cause.message : thrown.message
}
