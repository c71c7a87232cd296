import { createHmac, timingSafeEqual } from 'node:crypto'
import type * as z from 'zod/mini'

/** Who signs: a text that was signed for one installation or app is worth nothing in another. */
export type Seal = { clientSecret: string; webhookId: string }

/** `until` is in milliseconds since 1970. */
type Content = { until: number }

/** Text for a URL that nobody can change; whoever has it can read it. */
export function sign(seal: Seal, content: Content & Record<string, unknown>): string {
  const body = Buffer.from(JSON.stringify(content)).toString('base64url')
  return `${body}.${macOf(seal, body).toString('base64url')}`
}

/** What was signed, or undefined when the text was made by somebody else, changed, or is too old. */
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

/** The client secret is the app's: without it nobody can answer HubSpot's webhooks either. */
const macOf = ({ clientSecret, webhookId }: Seal, body: string): Buffer =>
  createHmac('sha256', clientSecret).update(`authorize session\n${webhookId}\n${body}`).digest()
