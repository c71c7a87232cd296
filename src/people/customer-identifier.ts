import { RuntimeError } from '@botpress/sdk'
import { phoneReader, withoutFormatCharacters } from './phone'

/** How HubSpot can identify the customer, as far as an address says. */
export type CustomerIdentifier =
  | { type: 'email'; email: string }
  | { type: 'phone'; e164: string }
  /** With the id from the plugin's invented address, if it invented one. */
  | { type: 'none'; upstreamUserId: string | undefined }

/** The HITL plugin invents such an address when the card names none. It contains the id of the bot's own user. */
const MADE_UP = /^([^@\s]*)@no-reply\.[^@\s]+\.botpress\.com$/i

/**
 * What an e-mail address is without what people and chat programs write around it: `Ada <ada@example.com>`,
 * `<mailto:ada@example.com|ada@example.com>`, `"ada@example.com".`
 */
export function bareAddress(text: string): string {
  const given = withoutFormatCharacters(text.normalize('NFKC'))
  const [, inBrackets = given] = /^[^<>]*<([^<>|]+)(?:\|[^<>]*)?>[\s.,;:!?"']*$/.exec(given) ?? []
  // A long run of signs is tried only from its beginning: linear time.
  const bare = inBrackets.replace(/^[\s"'“”„]+/, '').replace(/(?<![\s.,;:!?"'“”])[\s.,;:!?"'“”]+$/, '')
  return bare.replace(/^mailto:([^?]*).*$/i, '$1')
}

/** One @ with something on either side and a dot in the domain. HubSpot judges the rest. */
const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]+\.[^\s@.<>()[\]\\,;:"]+$/

/**
 * Reads a field of the escalation card: an e-mail address, or a phone number with its country code.
 * Rejects with a `RuntimeError` that gives an example when it is neither.
 */
export async function parseCustomerIdentifier(
  text: string | undefined,
  field = 'User Email',
): Promise<CustomerIdentifier> {
  const given = bareAddress(text ?? '')
  const madeUp = MADE_UP.exec(given)
  if (given === '' || madeUp) return { type: 'none', upstreamUserId: madeUp?.[1] || undefined }
  const wrong = (what: string) =>
    new RuntimeError(
      `"${field}" of the escalation card is ${what}. Use an address like name@example.com or a number like +1 212 555 0123.`,
    )
  if (given.includes('@')) {
    if (EMAIL.test(given) && given.length <= 254) return { type: 'email', email: given.toLowerCase() }
    throw wrong('not an e-mail address')
  }
  const read = await phoneReader()
  const phone = read(given)
  if (phone) return { type: 'phone', e164: phone.e164 }
  throw wrong('neither an e-mail address nor a phone number with its country code')
}
