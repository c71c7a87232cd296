import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { oneLine } from '../content/to-agent/split'
import { opaque, type DeliveryIdentifier } from '../hubspot/custom-channels'
import { isHubSpotError } from '../hubspot/errors'
import type { Installation } from '../installation/app'
import type { Portal } from '../installation/connection'
import { createNeedsScope, whyOf } from '../installation/explain'
import {
  contactInTags,
  contactTags,
  createContact,
  findContact,
  foundContact,
  LOOK_UP_REFUSED,
  VISITOR_CHOICE,
  type FoundContact,
} from './customer-contact'
import { parseCustomerIdentifier, type CustomerIdentifier } from './customer-identifier'

/** The person a session is for, as HubSpot sees them. */
export type Customer = {
  userId: string
  name: string
  /** Undefined for a visitor, who has no contact in HubSpot. */
  contactId: string | undefined
  identifier: DeliveryIdentifier
  /** A visitor's address, which only the opening message shows to the agent. */
  address?: string
}

export type User = Awaited<ReturnType<bp.Client['getUser']>>['user']

/** What the escalation card itself says about the customer, or ''. "User Email" is the first one that the plugin ever got. */
export type CardCustomer = { customer: string; contactId: string }

/** The setting `unknownContact` refuses this customer. The next try with another address can succeed. */
export class CustomerRefused extends RuntimeError {}

/** `portal` is where the session is about to open. */
type Props = { ctx: Installation; client: bp.Client; logger: bp.Logger; portal: Portal }

/** The plugin's name for a customer without a name. */
const NO_NAME = 'Unknown User'

/** One line of limited length; empty if the customer has no name. */
export const nameOf = ({ name = '' }: { name?: string | undefined }): string => {
  const line = oneLine(name)
  return line === NO_NAME ? '' : line
}

/**
 * The customer of an escalation: the card's contact or address, or else the address of the user that `createUser` made.
 * A contact that is missing from the user's tags is looked up each time: the plugin reuses users, and the contact may have
 * been created since. If there is none, the setting `unknownContact` decides.
 * Throws `RuntimeError` if an address cannot be read, `CustomerRefused`, and `HubSpotError` if the look-up fails.
 */
export async function customerOf(props: Props, user: User, card: CardCustomer): Promise<Customer> {
  const { unknownContact } = props.portal.settings
  const person = { userId: user.id, name: nameOf(user) }
  const named = await contactNamedBy(card, props)
  if (named)
    return { ...person, name: person.name || named.name, contactId: named.contactId, identifier: named.identifier }
  const onCard = card.customer !== ''
  const identifier = onCard
    ? await parseCustomerIdentifier(card.customer, 'Customer')
    : await parseCustomerIdentifier(user.tags.email ?? user.tags.phoneNumber)
  if (identifier.type === 'none') {
    if (unknownContact === 'visitor') return visitor(person)
    throw new CustomerRefused(NO_ADDRESS)
  }
  const contact = onCard ? await contactAt(identifier, props, person.name) : await contactOf(props, user, identifier)
  if (contact) {
    const { contactId, name } = contact
    return { ...person, name: person.name || name, contactId, identifier: deliveryIdentifier(identifier) }
  }
  if (unknownContact === 'refuse') throw new CustomerRefused(noContact(identifier, onCard ? 'Customer' : 'User Email'))
  return { ...visitor(person), address: addressOf(identifier) }
}

/** Identified by the Botpress user only: for an address, HubSpot would look for a contact and find none. */
const visitor = (person: { userId: string; name: string }): Customer => ({
  ...person,
  contactId: undefined,
  identifier: opaque(person.userId),
})

const NO_ADDRESS = `HubSpot cannot identify the customer. Put the customer's e-mail address or phone number with country code into "Customer" or "User Email" of the escalation card, for example a variable in which the bot has asked for it; or choose ${VISITOR_CHOICE}`

const noContact = ({ type }: Known, field: string): string =>
  `HubSpot has no contact with the ${type === 'email' ? 'e-mail address' : 'phone number'} in "${field}" of the escalation card. Create the contact in HubSpot (by hand, or in the flow before the card) and escalate again; or choose "create" or ${VISITOR_CHOICE}`

/** The contact whose record ID the card names, if HubSpot has it. */
async function contactNamedBy({ contactId }: CardCustomer, { portal, logger }: Props) {
  if (contactId === '') return undefined
  const contact = /^\d+$/.test(contactId) ? await portal.hubspot.contacts.byId(contactId) : undefined
  if (!contact) {
    logger.forBot().warn('The escalation card names a contact that this HubSpot account does not have: "Contact ID".')
    return undefined
  }
  const { email } = contact.properties
  const identifier: DeliveryIdentifier = email
    ? { type: 'HS_EMAIL_ADDRESS', value: email }
    : opaque(`contact-${contact.id}`)
  // A contact that was merged into another has that one's ID now.
  return { ...foundContact(contact), identifier }
}

/** The contact of the user's own address. Updates the user's tags to what HubSpot says. */
async function contactOf(props: Props, user: User, identifier: Known): Promise<FoundContact | undefined> {
  const { client, portal } = props
  const known = contactInTags(user.tags, portal.portalId)
  if (known) return { contactId: known.contactId, name: '' }
  const found = await contactAt(identifier, props, nameOf(user))
  const contact = found && { contactId: found.contactId, portalId: portal.portalId }
  if (contact || user.tags.contactId) await client.updateUser({ id: user.id, tags: contactTags(contact) })
  return found
}

/** The contact that was found, or created if the owner wants that. */
async function contactAt(
  identifier: Known,
  { ctx, logger, portal }: Props,
  name: string,
): Promise<FoundContact | undefined> {
  const { hubspot, settings } = portal
  const found = await findContact(hubspot, identifier).catch((thrown: unknown) => {
    const isFinal = isHubSpotError(thrown, ...LOOK_UP_REFUSED)
    if (settings.unknownContact === 'refuse' || !isFinal) throw thrown
    const why = whyOf(thrown, ctx, 'crm.objects.contacts.read')
    logger.forBot().warn(`The customer was not looked up: ${why}`)
    return undefined
  })
  if (found || settings.unknownContact !== 'create') return found
  try {
    return await createContact(hubspot, identifier, name)
  } catch (thrown) {
    if (!isHubSpotError(thrown, 'missingScope')) throw thrown
    logger.forBot().warn(createNeedsScope(portal.app))
    return undefined
  }
}

type Known = Exclude<CustomerIdentifier, { type: 'none' }>

const addressOf = (identifier: Known): string => (identifier.type === 'email' ? identifier.email : identifier.e164)

const deliveryIdentifier = (identifier: Known): DeliveryIdentifier => ({
  type: identifier.type === 'email' ? 'HS_EMAIL_ADDRESS' : 'HS_PHONE_NUMBER',
  value: addressOf(identifier),
})
