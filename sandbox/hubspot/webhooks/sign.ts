import { createHash, createHmac } from 'node:crypto'

/**
 * HubSpot's signatures, written from their description and independent of the code that they test.
 * https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests
 */
export function signV1(clientSecret: string, rawBody: string): string {
  return createHash('sha256')
    .update(clientSecret + rawBody)
    .digest('hex')
}

export type SignedRequest = { method: string; uri: string; rawBody: string; timestamp: number }

export function signV3(clientSecret: string, { method, uri, rawBody, timestamp }: SignedRequest): string {
  return createHmac('sha256', clientSecret)
    .update(`${method}${decodeListed(uri)}${rawBody}${timestamp}`)
    .digest('base64')
}

type Signed = { url: string; body: string; timestamp: number; withV1?: boolean }

/** The headers of a signed POST. App events carry the older version as well. */
export function signatureHeaders(
  clientSecret: string,
  { url, body, timestamp, withV1 }: Signed,
): Record<string, string> {
  return {
    'x-hubspot-signature-v3': signV3(clientSecret, { method: 'POST', uri: url, rawBody: body, timestamp }),
    'x-hubspot-request-timestamp': String(timestamp),
    ...(withV1 && { 'x-hubspot-signature': signV1(clientSecret, body), 'x-hubspot-signature-version': 'v1' }),
  }
}

/** Only these escapes are decoded before hashing. */
const decoded: Record<string, string> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
}

function decodeListed(uri: string): string {
  return uri.replaceAll(/%[0-9a-f]{2}/gi, (escape) => decoded[escape.toUpperCase()] ?? escape)
}
