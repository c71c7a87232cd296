import { createHmac } from 'node:crypto'
import { signatureHeaders, signV1 } from '../../sandbox/hubspot/webhooks/sign'
import type { Stack } from '../../sandbox/stack'

export type Sent = { method: string; url: string; headers: Record<string, string>; body: string }

const DAY_MS = 86_400_000

/** A genuine webhook as HubSpot would send it now. */
export function genuine(
  { hubspot, botpress }: Stack,
  content: unknown,
  { timestamp = Date.now(), url = botpress.webhookUrl }: { timestamp?: number; url?: string } = {},
): Sent {
  const body = JSON.stringify(content)
  const headers = signatureHeaders(hubspot.app.clientSecret, { url, body, timestamp })
  return { method: 'POST', url, headers: { ...headers, 'content-type': 'application/json' }, body }
}

export async function post({ method, url, headers, body }: Sent): Promise<{ status: number; body: string }> {
  const answer = await fetch(url, { method, headers, body })
  return { status: answer.status, body: await answer.text() }
}

const SIGNATURE = 'x-hubspot-signature-v3'
const TIMESTAMP = 'x-hubspot-request-timestamp'

const without = (sent: Sent, name: string): Sent => ({
  ...sent,
  headers: Object.fromEntries(Object.entries(sent.headers).filter(([header]) => header !== name)),
})
const withHeader = (sent: Sent, name: string, value: string): Sent => ({
  ...sent,
  headers: { ...sent.headers, [name]: value },
})

/** What an attacker could send who knows the address and one genuine webhook, but not the secret. */
export const forgeries: [string, (sent: Sent, stack: Stack) => Sent][] = [
  ['no signature', (sent) => without(sent, SIGNATURE)],
  ['an empty signature', (sent) => withHeader(sent, SIGNATURE, '')],
  ['a short signature', (sent) => withHeader(sent, SIGNATURE, 'AAAA')],
  ['a signature cut short', (sent) => withHeader(sent, SIGNATURE, sent.headers[SIGNATURE]?.slice(0, -1) ?? '')],
  ['a signature with a suffix', (sent) => withHeader(sent, SIGNATURE, `${sent.headers[SIGNATURE]}A`)],
  ['a signature that is not ASCII', (sent) => withHeader(sent, SIGNATURE, 'é'.repeat(44))],
  ['another signature of the same length', (sent) => withHeader(sent, SIGNATURE, `${'A'.repeat(43)}=`)],
  ['a signature with another secret', (sent) => resigned(sent, 'another-secret')],
  ['a signature with an empty secret', (sent) => resigned(sent, '')],
  ['no timestamp', (sent) => without(sent, TIMESTAMP)],
  ['a timestamp that is not a number', (sent, stack) => at(sent, stack, 'NaN')],
  ['an empty timestamp', (sent, stack) => at(sent, stack, '')],
  ['a timestamp with a fraction', (sent, stack) => at(sent, stack, `${Date.now()}.5`)],
  ['a negative timestamp', (sent, stack) => at(sent, stack, `-${Date.now()}`)],
  ['another timestamp', (sent) => withHeader(sent, TIMESTAMP, String(Date.now() - 7))],
  ['an age of more than five minutes', (sent, stack) => at(sent, stack, String(Date.now() - 301_000))],
  ['a time more than five minutes ahead', (sent, stack) => at(sent, stack, String(Date.now() + 301_000))],
  ['a time that is a day ahead', (sent, stack) => at(sent, stack, String(Date.now() + DAY_MS))],
  ['another body', (sent) => ({ ...sent, body: `${sent.body} ` })],
  [
    'an additional event',
    (sent) => ({ ...sent, body: sent.body.replace('[', '[{"subscriptionType":"conversation.deletion"},') }),
  ],
  ['another method', (sent) => ({ ...sent, method: 'PUT' })],
  ['another path', (sent) => ({ ...sent, url: `${sent.url}/elsewhere` })],
  ['a query', (sent) => ({ ...sent, url: `${sent.url}?portal=1` })],
  ['the older signature only, with another secret', (sent) => signedTheOldWay(sent, 'another-secret')],
  ['the older signature only, with an empty secret', (sent) => signedTheOldWay(sent, '')],
  [
    'the older signature in place of the newer',
    (sent, { hubspot }) => withHeader(sent, SIGNATURE, signV1(hubspot.app.clientSecret, sent.body)),
  ],
]

/** As HubSpot signed before version 3. */
export function signedTheOldWay(sent: Sent, secret: string): Sent {
  const v1 = withHeader(without(sent, SIGNATURE), 'x-hubspot-signature-version', 'v1')
  return withHeader(v1, 'x-hubspot-signature', signV1(secret, sent.body))
}

const resigned = (sent: Sent, secret: string): Sent => ({
  ...sent,
  headers: {
    ...sent.headers,
    ...signatureHeaders(secret, { url: sent.url, body: sent.body, timestamp: Date.now() }),
  },
})

/** Signed with the real secret for this timestamp, so only the time is wrong. */
function at(sent: Sent, { hubspot }: Stack, timestamp: string): Sent {
  const signature = createHmac('sha256', hubspot.app.clientSecret)
    .update(`${sent.method}${sent.url}${sent.body}${timestamp}`)
    .digest('base64')
  return withHeader(withHeader(sent, SIGNATURE, signature), TIMESTAMP, timestamp)
}
