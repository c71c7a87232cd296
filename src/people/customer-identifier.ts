import { RuntimeError } from '@botpress/sdk'
import { phoneReader, visible } from './phone'

/** How HubSpot knows the customer, as far as "User Email" says. */
export type CustomerIdentifier = { type: 'email'; email: string } | { type: 'phone'; e164: string } | { type: 'none' }

/** The HITL plugin invents such an address when the card names none. */
const MADE_UP = /@no-reply\.[^@\s]+\.botpress\.com$/i

/** One @ with something on either side and a dot in the domain. HubSpot judges the rest. */
const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]+\.[^\s@.<>()[\]\\,;:"]+$/

/**
 * Reads "User Email" of the escalation card: an e-mail address, or a phone number with its country code.
 * Rejects with a `RuntimeError` that gives an example when it is neither.
 */
export async function parseCustomerIdentifier(userEmail: string | undefined): Promise<CustomerIdentifier> {
  const given = visible(userEmail ?? '')
  if (given === '' || MADE_UP.test(given)) return { type: 'none' }
  if (given.includes('@')) {
    if (EMAIL.test(given) && given.length <= 254) return { type: 'email', email: given.toLowerCase() }
    throw new RuntimeError(
      'The "User Email" of the escalation card is not an e-mail address. Give one such as name@example.com, or a phone number such as +1 212 555 0123.',
    )
  }
  const read = await phoneReader()
  const phone = read(given)
  if (phone) return { type: 'phone', e164: phone.e164 }
  throw new RuntimeError(
    'The "User Email" of the escalation card is neither an e-mail address nor a phone number with its country code. Give one such as name@example.com or +1 212 555 0123.',
  )
}
