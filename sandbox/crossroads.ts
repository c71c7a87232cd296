import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import type { Botpress } from './botpress'
import { identifierIn, SHARED_PATH, type SharedRequest } from './botpress/identifiers'
import { cut } from './http/faults'
import { passedOn } from './http/pass-on'
import { serveOnLoopback, type Served } from './http/serve'
import type { HubSpot } from './hubspot'

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
    // An event of an account that no installation is connected to is no stray.
    if (asked.pathname.endsWith(SHARED_PATH)) return c.notFound()
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
    return sides.find((side) => isOfAccount(side, asked.searchParams, content))?.hubspot
  const webhookId = second === 'oauth' ? asked.searchParams.get('state') : second
  const identifier = second === 'integration' ? identifierIn(sharedRequest(asked, content)) : undefined
  return sides.find(({ botpress }) =>
    identifier === undefined ? botpress.webhookId === webhookId : botpress.identifier === identifier,
  )?.botpress
}

const isOfRuntime = ({ botId, alias }: Botpress, headers: Headers): boolean =>
  headers.get('x-bot-id') === botId && headers.get('x-integration-alias') === alias

/**
 * Checks the account's token, the developer key, or the app's client id, in this order. Accounts of one app differ by the
 * installation that asks for consent, or by what HubSpot has issued to them. The app's channels are the first one's.
 */
function isOfAccount({ hubspot, botpress }: Side, query: URLSearchParams, { headers, body }: Content): boolean {
  const { tokens, app } = hubspot
  const [, token] = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '') ?? []
  if (token !== undefined) return tokens.accessToken(token) !== undefined
  if (query.has('hapikey')) return query.get('hapikey') === app.developerApiKey && query.get('appId') === app.appId
  const state = query.get('state')
  if (state !== null) return state === botpress.webhookId
  const form = formOf(headers, body)
  const issued = form.get('code') ?? form.get('refresh_token') ?? form.get('token')
  return (query.get('client_id') ?? form.get('client_id')) === app.clientId && (issued === null || tokens.knows(issued))
}

const sharedRequest = ({ pathname, search }: URL, { headers, body }: Content): SharedRequest => ({
  body: new TextDecoder().decode(body),
  headers: Object.fromEntries(headers),
  query: search.slice(1),
  path: pathname,
})

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
