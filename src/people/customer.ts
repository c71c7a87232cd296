import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import type { DeliveryIdentifier } from '../hubspot/custom-channels'
import { isHubSpotError } from '../hubspot/errors'
import { fieldTitle } from '../installation/configuration'
import type { Portal } from '../installation/connection'
import { CREATE_NEEDS_SCOPE } from '../installation/explain'
import { contactInTags, contactTags, createContact, findContact, type KnownContact } from './customer-contact'
import { parseCustomerIdentifier, type CustomerIdentifier } from './customer-identifier'

/** The person a session is for, as HubSpot is told of them. */
export type Customer = {
  userId: string
  name: string
  /** Undefined for a visitor, whom HubSpot has no contact for. */
  contactId: string | undefined
  identifier: DeliveryIdentifier
  /** What only the opening message can tell the agent of a visitor. */
  address?: string
}

export type User = Awaited<ReturnType<bp.Client['getUser']>>['user']

/** `portal` is where the session is about to open. */
type Props = { client: bp.Client; logger: bp.Logger; portal: Portal }

/**
 * The customer behind a user that `createUser` made. A contact of this account that is missing from the tags is looked
 * up once more: the plugin reuses users, and the owner may have created the contact since. Where there is none, the
 * setting `unknownContact` decides.
 * Throws `RuntimeError` when the customer cannot be identified, `HubSpotError` when the look-up fails.
 */
export async function customerOf(props: Props, user: User): Promise<Customer> {
  const { settings, portalId } = props.portal
  const person = { userId: user.id, name: user.name?.trim() ?? '' }
  const identifier = await parseCustomerIdentifier(user.tags.email ?? user.tags.phoneNumber)
  if (identifier.type === 'none') {
    if (settings.unknownContact === 'visitor') return visitor(person)
    throw new RuntimeError(NO_ADDRESS)
  }
  const contact = contactInTags(user.tags, portalId) ?? (await contactOf(props, user, identifier))
  if (contact === undefined) return { ...visitor(person), address: addressOf(identifier) }
  return { ...person, contactId: contact.contactId, identifier: deliveryIdentifier(identifier) }
}

/** Known by nothing but the Botpress user: under an address HubSpot would look for a contact and find none. */
const visitor = (person: { userId: string; name: string }): Customer => ({
  ...person,
  contactId: undefined,
  identifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: person.userId },
})

const NO_ADDRESS = `HubSpot cannot identify the customer. Put the customer's e-mail address or phone number with country code into "User Email" of the escalation card, for example a variable in which the bot has asked for it; or choose "visitor" for "${fieldTitle('unknownContact')}" in the configuration of this integration.`

const CONTACT_MISSING = {
  email: 'HubSpot has no contact with the e-mail address in "User Email" of the escalation card.',
  phone: 'HubSpot has no contact with the phone number in "User Email" of the escalation card.',
}

/** Found, or made if the owner wants that; undefined where the customer may go on as a visitor. The tags follow. */
async function contactOf(
  { client, logger, portal }: Props,
  user: User,
  identifier: Known,
): Promise<KnownContact | undefined> {
  const { hubspot, settings, portalId } = portal
  const create = settings.unknownContact === 'create'
  const found = (await findContact(hubspot, identifier)) ?? (create ? await made() : undefined)
  const contact = found && { ...found, portalId }
  if (contact || user.tags.contactId) await client.updateUser({ id: user.id, tags: contactTags(contact) })
  if (contact || settings.unknownContact !== 'refuse') return contact
  throw new RuntimeError(
    `${CONTACT_MISSING[identifier.type]} Create the contact in HubSpot (by hand, or in the flow before the card) and escalate again; or choose "create" or "visitor" for "${fieldTitle('unknownContact')}" in the configuration of this integration.`,
  )

  async function made(): Promise<{ contactId: string } | undefined> {
    try {
      return await createContact(hubspot, identifier, user.name)
    } catch (thrown) {
      if (!isHubSpotError(thrown, 'missingScope')) throw thrown
      logger.forBot().warn(`${CREATE_NEEDS_SCOPE} Until then, customers without a contact come as visitors.`)
      return undefined
    }
  }
}

type Known = Exclude<CustomerIdentifier, { type: 'none' }>

const addressOf = (identifier: Known): string => (identifier.type === 'email' ? identifier.email : identifier.e164)

const deliveryIdentifier = (identifier: Known): DeliveryIdentifier => ({
  type: identifier.type === 'email' ? 'HS_EMAIL_ADDRESS' : 'HS_PHONE_NUMBER',
  value: addressOf(identifier),
})
