import { Hono, type Context } from 'hono'
import { passedOn } from '../http/pass-on'
import type { Operations } from './operations'

/**
 * All of Botpress that the public reaches: one installation's webhook address and what lies below it, and the address
 * that all installations share for authorizing, where `state` says which of them is meant. Only the latter reaches an
 * installation that is disabled.
 */
export function webhookGateway(webhookId: string, operations: Operations, isEnabled: () => boolean): Hono {
  const own = `${GATEWAY}/${webhookId}`
  return new Hono().all(`${GATEWAY}/*`, async (c, next) => {
    const { pathname, searchParams } = new URL(c.req.url)
    if (isAtOrBelow(own, pathname)) {
      if (isEnabled()) return passToIntegration(c, operations, own)
      return c.json({ code: 403, type: 'Forbidden', message: 'The integration is disabled' }, 403)
    }
    const isMeant = isAtOrBelow(SHARED, pathname) && searchParams.get('state') === webhookId
    return isMeant ? passToIntegration(c, operations, GATEWAY) : next()
  })
}

const GATEWAY = '/webhooks'
const SHARED = `${GATEWAY}/oauth`

const isAtOrBelow = (address: string, pathname: string): boolean =>
  pathname === address || pathname.startsWith(`${address}/`)

/**
 * The public webhook address: any request becomes a `webhook_received` operation, whose answer is the caller's answer.
 * The query goes on without its question mark, the path without the webhook id, the body as it came.
 */
async function passToIntegration(c: Context, operations: Operations, addressPath: string): Promise<Response> {
  const { pathname, search } = new URL(c.req.url)
  const body = await c.req.text()
  const req = {
    method: c.req.method,
    path: pathname.slice(addressPath.length),
    query: search.slice(1),
    headers: c.req.header(),
    ...(body !== '' && { body }),
  }
  const answer = await operations.send({ operation: 'webhook_received', body: { req } })
  if (answer.status === 0) return new Response(answer.body, { status: 502 })
  return new Response(hasNoBody(answer.status) ? null : answer.body, {
    status: answer.status,
    headers: passedOn(answer.headers, 'content-encoding'),
  })
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304
}
