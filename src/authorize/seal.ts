import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Seal } from './owner-session'

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
