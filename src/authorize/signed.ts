import { createHmac, timingSafeEqual } from 'node:crypto'
import type * as z from 'zod/mini'

/** What a signature is bound to: it is invalid for any other installation or app. */
export type Seal = { clientSecret: string; webhookId: string }

/** `until` is in milliseconds since 1970. */
type Content = { until: number }

/** URL-safe text that is signed, not encrypted: it cannot be changed, but anyone who has it can read it. */
export function sign(seal: Seal, content: Content & Record<string, unknown>): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${body}.${macOf(seal, body).toString('base64url')}`
}

/** The signed content; undefined if the signature is invalid or the content has expired. */
export function unsign<S extends z.ZodMiniType<Content>>(
  seal: Seal,
  schema: S,
  { text, now }: { text: string; now: number },
): z.infer<S> | undefined {
  const [body = '', mac = ''] = text.split('.')
  const given = Buffer.from(mac, 'base64url')
  const expected = macOf(seal, body)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const content = schema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  return content.success && content.data.until > now ? content.data : undefined
}

/** The key is the client secret, which also signs HubSpot's webhooks. */
const macOf = ({ clientSecret, webhookId }: Seal, body: string): Buffer =>
  createHmac('sha256', clientSecret).update(`authorize session\n${webhookId}\n${body}`).digest()
