import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import type { Botpress } from '../../sandbox/botpress'
import { cut } from '../../sandbox/http/faults'
import { passedOn } from '../../sandbox/http/pass-on'
import { serveOnLoopback, type Served } from '../../sandbox/http/serve'
import type { HubSpot } from '../../sandbox/hubspot'

/** Both platforms of one installation. */
export type Side = { hubspot: HubSpot; botpress: Botpress }

export type Crossroads = Served & {
  /** Requests that name neither side. */
  readonly strays: readonly string[]
}

/**
 * One address for the platforms of several installations, because a process finds the platforms through its
 * environment. Routes each request to the side that it names. Sides can be added later.
 */
export async function serveCrossroads(sides: readonly Side[]): Promise<Crossroads> {
  const strays: string[] = []
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.all('*', async (c) => {
    const asked = new URL(c.req.url)
    const body = await c.req.arrayBuffer()
    const standIn = standInFor(sides, asked, { headers: c.req.raw.headers, body })
    if (standIn) return passOn(c, `${standIn.url}${asked.pathname}${asked.search}`, body)
    strays.push(`${c.req.method} ${asked.pathname}`)
    return c.text('The request names no installation.', 400)
  })
  return { ...(await serveOnLoopback(app)), strays }
}

type Content = { headers: Headers; body: ArrayBuffer }

function standInFor(sides: readonly Side[], asked: URL, content: Content): { url: string } | undefined {
  const [, first, second] = asked.pathname.split('/')
  if (first === 'v1') return sides.find(({ botpress }) => isOfRuntime(botpress, content.headers))?.botpress
  // HubSpot's own webhooks API has that name too.
  if (first !== 'webhooks' || second === 'v3')
    return sides.find(({ hubspot }) => isOfAccount(hubspot, asked.searchParams, content))?.hubspot
  const webhookId = second === 'oauth' ? asked.searchParams.get('state') : second
  return sides.find(({ botpress }) => botpress.webhookId === webhookId)?.botpress
}

const isOfRuntime = ({ botId, alias }: Botpress, headers: Headers): boolean =>
  headers.get('x-bot-id') === botId && headers.get('x-integration-alias') === alias

/** Checks the account's token, the developer key or the app's client id, in this order. */
function isOfAccount({ tokens, app }: HubSpot, query: URLSearchParams, { headers, body }: Content): boolean {
  const [, token] = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '') ?? []
  if (token !== undefined) return tokens.accessToken(token) !== undefined
  if (query.has('hapikey')) return query.get('hapikey') === app.developerApiKey && query.get('appId') === app.appId
  return (query.get('client_id') ?? formOf(headers, body).get('client_id')) === app.clientId
}

const formOf = (headers: Headers, body: ArrayBuffer): URLSearchParams =>
  new URLSearchParams(
    headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ? new TextDecoder().decode(body) : '',
  )

async function passOn(c: Context<{ Bindings: HttpBindings }>, url: string, body: ArrayBuffer): Promise<Response> {
  const answer = await fetch(url, {
    method: c.req.method,
    headers: passedOn(c.req.raw.headers, 'host'),
    redirect: 'manual',
    ...(body.byteLength > 0 && { body }),
  }).catch(() => undefined)
  if (!answer) return cut(c)
  return new Response(answer.body, { status: answer.status, headers: passedOn(answer.headers, 'content-encoding') })
}
