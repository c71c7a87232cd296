import { Hono, type Context } from 'hono'
import { passedOn } from '../http/pass-on'
import { IDENTIFIER_HEADER, identifierIn, SHARED_PATH, type Identifiers } from './identifiers'
import type { Operations } from './operations'

/**
 * All of Botpress that the public reaches: one installation's webhook address and what lies below it, and two addresses
 * that all installations share. Of the one for authorizing, `state` says which is meant, and it reaches an installation
 * that is disabled. Of the one for events, the extract script finds the identifier.
 */
export function webhookGateway({ webhookId, operations, identifiers, isEnabled }: GatewayParts): Hono {
  const own = `${GATEWAY}/${webhookId}`
  return new Hono().all(`${GATEWAY}/*`, async (c, next) => {
    const { pathname, searchParams } = new URL(c.req.url)
    const isOwn = isAtOrBelow(own, pathname)
    if (isOwn || (pathname === EVENTS && identifiers.ownerOf(await identifierOf(c)) === webhookId)) {
      if (isEnabled()) return passToIntegration(c, operations, isOwn ? own : EVENTS)
      return c.json({ code: 403, type: 'Forbidden', message: 'The integration is disabled' }, 403)
    }
    if (!isAtOrBelow(AUTHORIZING, pathname) || searchParams.get('state') !== webhookId) return next()
    const answer = await passToIntegration(c, operations, GATEWAY)
    const identifier = answer.headers.get(IDENTIFIER_HEADER)
    if (identifier !== null) identifiers.claim(webhookId, identifier)
    return answer
  })
}

const GATEWAY = '/webhooks'
const AUTHORIZING = `${GATEWAY}/oauth`
const EVENTS = `${GATEWAY}${SHARED_PATH}`

type GatewayParts = {
  webhookId: string
  operations: Operations
  identifiers: Identifiers
  isEnabled: () => boolean
}

const identifierOf = async (c: Context): Promise<string | undefined> => {
  const { pathname, search } = new URL(c.req.url)
  return identifierIn({ body: await c.req.text(), headers: c.req.header(), query: search.slice(1), path: pathname })
}

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
