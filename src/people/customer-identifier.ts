import { RuntimeError } from '@botpress/sdk'
import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/core'

/** How HubSpot can tell who the customer is, as far as "User Email" says. */
export type CustomerIdentifier =
  | { type: 'email'; email: string }
  | { type: 'phone'; e164: string; nationalNumber: string }
  /** With the id that the plugin's made-up address holds, if it made one up. */
  | { type: 'none'; upstreamUserId: string | undefined }

/** The HITL plugin makes such an address up when the card names none: in it is the id of the bot's own user. */
const MADE_UP = /^([^@\s]*)@no-reply\.[^@\s]+\.botpress\.com$/i

/** One @ with something on either side and a dot in the domain: HubSpot decides about the rest. */
const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]+\.[^\s@.<>()[\]\\,;:"]+$/

/**
 * Reads a field of the escalation card: an e-mail address, or a phone number in international form.
 * Rejects with a `RuntimeError` that gives an example when it is neither.
 */
export async function parseCustomerIdentifier(
  text: string | undefined,
  field = 'User Email',
): Promise<CustomerIdentifier> {
  const given = text?.trim() ?? ''
  const madeUp = MADE_UP.exec(given)
  if (given === '' || madeUp) return { type: 'none', upstreamUserId: madeUp?.[1] || undefined }
  if (given.includes('@')) {
    if (EMAIL.test(given) && given.length <= 254) return { type: 'email', email: given.toLowerCase() }
    throw new RuntimeError(
      `"${field}" of the escalation card is not an e-mail address. Use an address like name@example.com or a number like +1 212 555 0123.`,
    )
  }
  const phone = await parsePhone(given)
  if (phone) return phone
  throw new RuntimeError(
    `"${field}" of the escalation card is neither an e-mail address nor a phone number with its country code. Use an address like name@example.com or a number like +1 212 555 0123.`,
  )
}

/** "0044…" is how people write "+44…" where the plus key is far away. */
async function parsePhone(given: string): Promise<CustomerIdentifier | undefined> {
  const parsePhoneNumber = await phoneNumbers()
  const parsed = parsePhoneNumber(given.replace(/^00/, '+'))
  if (!parsed?.isPossible()) return undefined
  return { type: 'phone', e164: parsed.number, nationalNumber: parsed.nationalNumber }
}

/** Reads a number in international form, or one of that country; undefined for what is no number. */
export type ParsePhoneNumber = (text: string, country?: CountryCode) => PhoneNumber | undefined

/** The table of all countries is loaded with the first number: most customers are known by e-mail. */
export async function phoneNumbers(): Promise<ParsePhoneNumber> {
  const { default: metadata } = await import('libphonenumber-js/min/metadata')
  return (text, country) =>
    country === undefined
      ? parsePhoneNumberFromString(text, metadata)
      : parsePhoneNumberFromString(text, country, metadata)
}
