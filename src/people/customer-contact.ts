import { RuntimeError } from '@botpress/sdk'
import type { HubSpot } from '../hubspot/client'
import { PHONE_PROPERTIES } from '../hubspot/contacts'
import { isHubSpotError, type HubSpotError, type HubSpotErrorKind } from '../hubspot/errors'
import type { Contact } from '../hubspot/schemas'
import { IN_FORM, quotedField } from '../installation/configuration'
import { details } from '../installation/explain'
import type { CustomerIdentifier } from './customer-identifier'
import { phoneReader, type Phone, type ReadPhone } from './phone'

/** A contact, and the HubSpot account that it belongs to: its id means nothing, or someone else, in another one. */
export type KnownContact = { contactId: string; portalId: string }

/** What a look-up tells of a contact; `name` is empty where HubSpot has none. */
export type FoundContact = { contactId: string; name: string }

export const foundContact = ({ id, properties: { firstname, lastname } }: Contact): FoundContact => ({
  contactId: id,
  name: [firstname, lastname].filter(Boolean).join(' '),
})

/** The contact that the tags of a user name, if it belongs to this account. */
export const contactInTags = (
  tags: { contactId?: string; portalId?: string },
  portalId: string,
): KnownContact | undefined =>
  tags.contactId && tags.portalId === portalId ? { contactId: tags.contactId, portalId } : undefined

/** The tags that name a contact; they are empty where there is none. */
export const contactTags = (contact: KnownContact | undefined): { contactId: string; portalId: string } => ({
  contactId: contact?.contactId ?? '',
  portalId: contact?.portalId ?? '',
})

/** How HubSpot refuses a look-up for good: a conversation can do without the contact. */
export const LOOK_UP_REFUSED: readonly HubSpotErrorKind[] = ['validation', 'missingScope', 'unreadable']

/** The customer's HubSpot contact, or undefined if HubSpot has none. Throws `HubSpotError`. */
export async function findContact(hubspot: HubSpot, identifier: CustomerIdentifier): Promise<FoundContact | undefined> {
  switch (identifier.type) {
    case 'none':
      return undefined
    case 'email': {
      const contact = await hubspot.contacts.byEmail(identifier.email)
      return contact && foundContact(contact)
    }
    case 'phone': {
      const read = await phoneReader()
      const phone = read(identifier.e164)
      if (phone === undefined) return undefined
      const candidates = await hubspot.contacts.candidatesByPhone(phone.forms)
      const match = candidates.find((candidate) => hasNumber(candidate, phone, read))
      return match && foundContact(match)
    }
  }
}

/** The end of a sentence on customers who have no contact. */
export const VISITOR_CHOICE = `"visitor" for ${quotedField('unknownContact')} ${IN_FORM}.`

/** HubSpot refuses the new contact itself, mostly because of rules that the account has set for its contacts. */
export class ContactRefused extends RuntimeError {
  constructor(error: HubSpotError) {
    const names = error.properties.map((name) => `"${name}"`).join(', ')
    const reason = names === '' ? ` (${details(error)})` : `: the rules of the account refuse ${names}`
    super(
      `HubSpot did not create the contact${reason}. Change the rules in HubSpot's settings of contact properties, or choose ${VISITOR_CHOICE}`,
      error,
    )
  }
}

/** Creates a contact for a customer without one. Throws `ContactRefused`, `HubSpotError`. */
export async function createContact(
  hubspot: HubSpot,
  identifier: Exclude<CustomerIdentifier, { type: 'none' }>,
  name = '',
): Promise<FoundContact> {
  const [firstname = '', ...others] = name.trim().split(/\s+/)
  try {
    const contact = await hubspot.contacts.create({
      ...(identifier.type === 'email' ? { email: identifier.email } : { phone: identifier.e164 }),
      ...(firstname === '' ? {} : { firstname }),
      ...(others.length === 0 ? {} : { lastname: others.join(' ') }),
    })
    return { contactId: contact.id, name: name.trim() }
  } catch (thrown) {
    throw isHubSpotError(thrown, 'validation') ? new ContactRefused(thrown) : thrown
  }
}

/**
 * A number in international form decides, above all the one that HubSpot has calculated. Only where there is none, a
 * number may belong to the customer's country, or lack its plus.
 */
function hasNumber({ properties }: Contact, { key, country }: Phone, read: ReadPhone): boolean {
  const numbers = PHONE_PROPERTIES.map((property) => properties[property] ?? '')
  const international = numbers.filter((number) => /^\s*(\+|00)/.test(number.normalize('NFKC')) && read(number))
  if (international.length > 0) return international.some((number) => read(number)?.key === key)
  return numbers.some((number) => read(number)?.key === key || (country && read(number, country)?.key === key))
}
