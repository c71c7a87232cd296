import type { HubSpot } from '../hubspot/client'
import { PHONE_PROPERTIES } from '../hubspot/contacts'
import type { Contact } from '../hubspot/schemas'
import { phoneNumbers, type CustomerIdentifier, type ParsePhoneNumber } from './customer-identifier'

/** A contact, and the HubSpot account that it belongs to: its id means nothing, or someone else, in another one. */
export type KnownContact = { contactId: string; portalId: string }

/** What a look-up tells of a contact; `name` is empty where HubSpot has none. */
export type FoundContact = { contactId: string; name: string }

const found = ({ id, properties: { firstname, lastname } }: Contact): FoundContact => ({
  contactId: id,
  name: [firstname, lastname].filter(Boolean).join(' '),
})

/** What the tags of a user say of their contact, if it belongs to this account. */
export const contactInTags = (
  tags: { contactId?: string; portalId?: string },
  portalId: string,
): KnownContact | undefined =>
  tags.contactId && tags.portalId === portalId ? { contactId: tags.contactId, portalId } : undefined

/** The tags that say so; an empty one says that there is none. */
export const contactTags = (contact: KnownContact | undefined): { contactId: string; portalId: string } => ({
  contactId: contact?.contactId ?? '',
  portalId: contact?.portalId ?? '',
})

/** The HubSpot contact that the customer is, or undefined if HubSpot knows none. Throws `HubSpotError`. */
export async function findContact(hubspot: HubSpot, identifier: CustomerIdentifier): Promise<FoundContact | undefined> {
  switch (identifier.type) {
    case 'none':
      return undefined
    case 'email': {
      const contact = await hubspot.contacts.byEmail(identifier.email)
      return contact && found(contact)
    }
    case 'phone': {
      const candidates = await hubspot.contacts.candidatesByPhone(identifier.e164, identifier.nationalNumber)
      const parse = await phoneNumbers()
      const match = candidates.find((candidate) => hasNumber(candidate, identifier.e164, parse))
      return match && found(match)
    }
  }
}

/** Makes a contact of somebody whom HubSpot does not know. Throws `HubSpotError`. */
export async function createContact(
  hubspot: HubSpot,
  identifier: Exclude<CustomerIdentifier, { type: 'none' }>,
  name = '',
): Promise<FoundContact> {
  const [firstname = '', ...others] = name.trim().split(/\s+/)
  const contact = await hubspot.contacts.create({
    ...(identifier.type === 'email' ? { email: identifier.email } : { phone: identifier.e164 }),
    ...(firstname === '' ? {} : { firstname }),
    ...(others.length === 0 ? {} : { lastname: others.join(' ') }),
  })
  return found(contact)
}

/**
 * HubSpot's own international form decides. A number stored without a country is taken for one of the customer's
 * country, and only where HubSpot has calculated none.
 */
function hasNumber({ properties }: Contact, e164: string, parse: ParsePhoneNumber): boolean {
  const country = parse(e164)?.country
  const numbers = PHONE_PROPERTIES.map((property) => properties[property] ?? '').filter((number) => number !== '')
  const international = numbers.filter((number) => parse(number) !== undefined)
  if (international.length > 0) {
    return international.some((number) => parse(number)?.number === e164)
  }
  return numbers.some((number) => country && parse(number, country)?.number === e164)
}
