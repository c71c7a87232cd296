import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { isSame } from '../hubspot/signature'
import { wizardPage } from '../installation/addresses'
import type { App } from '../installation/app'
import { accountLabel, type Tokens } from '../installation/issued-tokens'
import { html, type Html } from './page'
import { AGAIN, NotConnected, type Visit } from './visit'

/** The time between approving in HubSpot and connecting. In milliseconds. */
export const SESSION_MS = 30 * 60_000

/**
 * Allows the person who approved in HubSpot to choose inboxes of that account for a limited time. It is signed and part
 * of the pages' addresses, because Botpress sets no cookies for integrations. It contains no HubSpot token.
 */
export type OwnerSession = z.infer<typeof signedOwnerSession>

/** `inboxIds`: the form's, else those already connected. `until` is in milliseconds since 1970. */
const signedOwnerSession = z.object({
  portalId: z.string(),
  /** The account as people know it. */
  account: z.string(),
  inboxIds: z.array(z.string()),
  until: z.number(),
})

export const newOwnerSession = (
  tokens: Pick<Tokens, 'portalId' | 'accountName'>,
  inboxIds: readonly string[],
): OwnerSession => ({
  portalId: tokens.portalId,
  account: accountLabel(tokens),
  inboxIds: [...inboxIds],
  until: Date.now() + SESSION_MS,
})

const signedText = ({ props: { ctx } }: Visit, { clientSecret }: App, session: OwnerSession): string =>
  sign({ clientSecret, webhookId: ctx.webhookId }, session)

export const pageOf = (visit: Visit, app: App, page: 'inboxes' | 'connect' | 'try', session: OwnerSession): string =>
  `${wizardPage(page, visit.props.ctx.webhookId)}&session=${signedText(visit, app, session)}`

/** A form that leads to one of the pages. It uses GET, because Botpress' gateway is only known to route that by `state`. */
export const formTo = (
  { visit, app, session }: { visit: Visit; app: App; session: OwnerSession },
  page: 'connect' | 'try',
  fields: Html,
): Html => formWith(visit, { page, session: signedText(visit, app, session) }, fields)

/** The same with a session that is text already. */
export const formWith = (
  { props: { ctx } }: Visit,
  { page, session }: { page: 'approve' | 'connect' | 'try'; session: string },
  fields: Html,
): Html => html`
  <form action="${wizardPage(page, ctx.webhookId)}">
    <input type="hidden" name="state" value="${ctx.webhookId}" />
    <input type="hidden" name="session" value="${session}" />
    ${fields}
  </form>
`

/** Throws `NotConnected` if the session is missing, has expired or was not signed here. */
export function ownerSessionOf({ props: { ctx }, query }: Visit, { clientSecret }: App): OwnerSession {
  const by = { clientSecret, webhookId: ctx.webhookId }
  const session = unsign(by, signedOwnerSession, { text: query.get('session') ?? '', now: Date.now() })
  if (session) return session
  throw new SessionExpired()
}

export class SessionExpired extends NotConnected {
  constructor() {
    super('This page has expired, or its address is incomplete.', AGAIN)
  }
}

/** What a signature is bound to: it is invalid for any other installation or app. */
export type Seal = { clientSecret: string; webhookId: string }

/** `until` is in milliseconds since 1970. */
type Content = { until: number }

/** URL-safe text that is signed, not encrypted: it cannot be changed, but anyone who has it can read it. */
export function sign(by: Seal, content: Content & Record<string, unknown>): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${body}.${macOf(by, body)}`
}

/** The signed content; undefined if the signature is invalid or the content has expired. */
export function unsign<S extends z.ZodMiniType<Content>>(
  by: Seal,
  schema: S,
  { text, now }: { text: string; now: number },
): z.infer<S> | undefined {
  const [body = '', mac = ''] = text.split('.')
  if (!isSame(macOf(by, body), mac)) return undefined
  const content = schema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  return content.success && content.data.until > now ? content.data : undefined
}

/** The key is the client secret, which also signs HubSpot's webhooks. */
const macOf = ({ clientSecret, webhookId }: Seal, body: string): string =>
  createHmac('sha256', clientSecret).update(`authorize session\n${webhookId}\n${body}`).digest('base64url')

const [CIPHER, IV_BYTES, TAG_BYTES] = ['aes-256-gcm', 12, 16] as const

/** URL-safe text that only the same installation, with the same app, can read or make. For what may not be shown. */
export function seal(by: Seal, content: unknown): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, keyOf(by), iv)
  const sealed = [cipher.update(JSON.stringify(content)), cipher.final()]
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url')
}

/** The sealed content; undefined if it was not sealed here. */
export function unseal(by: Seal, text: string): unknown {
  const bytes = Buffer.from(text, 'base64url')
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)]
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(by), iv, { authTagLength: TAG_BYTES }).setAuthTag(tag)
    const opened = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]
    return JSON.parse(Buffer.concat(opened).toString())
  } catch {
    return undefined
  }
}

/** The client secret also signs HubSpot's webhooks and the pages' sessions. */
const keyOf = ({ clientSecret, webhookId }: Seal): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', clientSecret, webhookId, 'authorize', 32))
