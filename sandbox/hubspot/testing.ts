import { Hono } from 'hono'
import * as z from 'zod'
import { serveOnLoopback, type Served } from '../http/serve'
import type { HubSpot } from './index'
import { defaultOptions } from './options'

/** For tests only: calls the stand-in as an app would, without any of the integration's code. */
export type TestClient = {
  /** As the portal's app, with its access token. */
  api: (method: string, path: string, body?: unknown) => Promise<ApiAnswer>
  /** As the app's developer, with its key. */
  developer: (method: string, path: string, body?: unknown) => Promise<ApiAnswer>
  token: string
}

/** The app's optional scopes as well: contacts are made with them. */
export const ALL_SCOPES = [...defaultOptions.requiredScopes, ...defaultOptions.optionalScopes]

export type ApiAnswer = { status: number; body: unknown; headers: Headers }

export async function testClient(hubspot: HubSpot, scopes?: string[], portalId?: number): Promise<TestClient> {
  const { developerApiKey, appId } = hubspot.app
  const token = await accessToken(hubspot, hubspot.tokens.issueRefreshToken(scopes, portalId))
  return {
    token,
    api: (method, path, body) => call(`${hubspot.url}${path}`, method, body, { authorization: `Bearer ${token}` }),
    developer: (method, path, body) =>
      call(`${hubspot.url}${path}?hapikey=${developerApiKey}&appId=${appId}`, method, body),
  }
}

async function accessToken(hubspot: HubSpot, refreshToken: string): Promise<string> {
  const answer = await form(hubspot, '/oauth/v3/token', refreshGrant(hubspot, refreshToken))
  return z.object({ access_token: z.string() }).parse(answer.body).access_token
}

export function refreshGrant({ app }: HubSpot, refreshToken: string): Record<string, string> {
  const { clientId, clientSecret } = app
  return {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  }
}

export async function form(hubspot: HubSpot, path: string, fields: Record<string, string>): Promise<ApiAnswer> {
  const answer = await fetch(`${hubspot.url}${path}`, { method: 'POST', body: new URLSearchParams(fields) })
  return read(answer)
}

export async function call(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  if (body === undefined) return read(await fetch(url, { method, headers }))
  const json = { ...headers, 'content-type': 'application/json' }
  return read(await fetch(url, { method, headers: json, body: JSON.stringify(body) }))
}

async function read(answer: Response): Promise<ApiAnswer> {
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json')
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text }
}

/** Text, or a number where the stand-in is told to answer with numbers. */
const id = z.union([z.string(), z.number()]).transform(String)

export function idOf({ body }: ApiAnswer): string {
  return z.object({ id }).parse(body).id
}

export const capabilities = {
  threadingModel: 'INTEGRATION_THREAD_ID',
  deliveryIdentifierTypes: ['CHANNEL_SPECIFIC_OPAQUE_ID', 'HS_EMAIL_ADDRESS', 'HS_PHONE_NUMBER'],
  richText: ['HYPERLINK', 'TEXT_ALIGNMENT', 'BLOCKQUOTE'],
  allowOutgoingMessages: true,
  outgoingAttachmentTypes: ['FILE'],
  maxFileAttachmentCount: 2,
  maxFileAttachmentSizeBytes: 1_000_000,
  maxTotalFileAttachmentSizeBytes: 2_000_000,
  allowedFileAttachmentMimeTypes: ['image/*', 'text/plain'],
}

export type Connected = { client: TestClient; channel: string; account: string; messages: string }

/** A registered channel with an account on the first inbox. */
export async function connectChannel(hubspot: HubSpot, webhookUrl?: string): Promise<Connected> {
  const client = await testClient(hubspot)
  const base = '/conversations/v3/custom-channels'
  const channel = idOf(await client.developer('POST', base, { name: 'Bot', capabilities, webhookUrl }))
  const account = idOf(await client.api('POST', `${base}/${channel}/channel-accounts`, accountInput(hubspot)))
  return { client, channel, account, messages: `${base}/${channel}/messages` }
}

export function accountInput(hubspot: HubSpot): Record<string, unknown> {
  const inboxId = hubspot.inboxes[0]?.id
  const deliveryIdentifier = { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: `bot-${inboxId}` }
  return { name: 'Bot', authorized: true, inboxId, deliveryIdentifier }
}

/** A customer's message with every field that the description requires. */
export function messageInput(channelAccountId: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    text: 'Hello',
    messageDirection: 'INCOMING',
    channelAccountId,
    senders: [{ name: 'Ada Example', deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'ada@example.com' } }],
    recipients: [{ deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'bot' } }],
    attachments: [],
    timestamp: '2026-11-20T10:11:12.345Z',
    integrationThreadId: 'thread-1',
    ...changes,
  }
}

export function threadOf({ body }: ApiAnswer): string {
  return z.object({ conversationsThreadId: id }).parse(body).conversationsThreadId
}

export type Received = { headers: Record<string, string>; raw: string; body: unknown }

export type Receiver = Served & {
  received: Received[]
  /** The statuses to answer with, one after another; then 200. */
  answers: number[]
  /** The largest number of concurrent webhooks so far. */
  most: () => number
  /** Holds back the next answer until it is fulfilled. */
  hold: Promise<void> | undefined
}

/** Takes webhooks. */
export async function startReceiver(): Promise<Receiver> {
  let underWay = 0
  let most = 0
  const app = new Hono().post('*', async (c) => {
    underWay += 1
    most = Math.max(most, underWay)
    const raw = await c.req.text()
    receiver.received.push({ headers: c.req.header(), raw, body: JSON.parse(raw) })
    const { hold } = receiver
    receiver.hold = undefined
    await hold
    underWay -= 1
    return new Response(null, { status: receiver.answers.shift() ?? 200 })
  })
  const served = await serveOnLoopback(app)
  const receiver: Receiver = { ...served, received: [], answers: [], most: () => most, hold: undefined }
  return receiver
}
