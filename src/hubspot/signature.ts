import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** What HubSpot's v3 signature covers. */
export type SignedRequest = {
  secret: string
  method: string
  /** The public address, as HubSpot called it: scheme, host, path and query. */
  uri: string
  rawBody: string
  /** The header as it came, in milliseconds since 1970. */
  timestamp: string
}

/** Five minutes: older requests may be replays, and requests from the future could be replayed later. */
const TOLERANCE_MS = 5 * 60_000

export class SignatureError extends Error {
  override readonly name = 'SignatureError'
}

/**
 * Throws `SignatureError` unless `signature` is HubSpot's for this request and `now` (milliseconds since 1970) is near.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export function assertSignature(request: SignedRequest, signature: string, now: number): void {
  // HMAC accepts an empty key, with which anyone can sign.
  if (request.secret === '') throw new SignatureError('no client secret')
  if (!/^\d{1,15}$/.test(request.timestamp)) throw new SignatureError('timestamp is not a number')
  if (Math.abs(now - Number(request.timestamp)) > TOLERANCE_MS) throw new SignatureError('timestamp is too far away')
  // Compared as text: decoding base64 first would ignore what follows the padding.
  if (!isSame(sign(request), signature)) throw new SignatureError('no match')
}

/**
 * Whether `signature` is HubSpot's of version 1. That covers neither address nor time, so it proves too little to act on
 * a request; it tells a webhook that HubSpot signed the old way from a forged one.
 */
export const isSignedV1 = (
  { secret, rawBody }: Pick<SignedRequest, 'secret' | 'rawBody'>,
  signature: string,
): boolean =>
  secret !== '' && isSame(createHash('sha256').update(`${secret}${rawBody}`).digest('hex'), signature.toLowerCase())

/** Takes as long whatever is given. */
export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The twin of `assertSignature`: the base64 signature that HubSpot would send. */
export function sign({ secret, method, uri, rawBody, timestamp }: SignedRequest): string {
  return createHmac('sha256', secret)
    .update(`${method}${decodeUri(uri)}${rawBody}${timestamp}`)
    .digest('base64')
}

/** HubSpot decodes these and no others before it signs. */
const DECODED = ":/?@!$'()*,;"

const decodeUri = (uri: string): string =>
  uri.replaceAll(/%([0-9a-f]{2})/gi, (encoded: string, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16))
    return DECODED.includes(character) ? character : encoded
  })
