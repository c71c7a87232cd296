import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import type { DeliveryIdentifier } from '../hubspot/custom-channels'
import { fieldTitle } from '../installation/configuration'
import type { Connection } from '../installation/connection'
import { createContact, findContact } from './customer-contact'
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

/**
 * The customer behind a user that `createUser` made. A contact that is missing from the tags is looked up once more:
 * the plugin reuses users, and the owner may have created the contact since. Where there is none, the setting
 * `unknownContact` decides.
 * Throws `RuntimeError` when nobody can be told, `HubSpotError` when the look-up fails.
 */
export async function customerOf(client: bp.Client, connection: Connection, user: User): Promise<Customer> {
  const { unknownContact } = connection.configuration
  const person = { userId: user.id, name: user.name?.trim() ?? '' }
  const identifier = await parseCustomerIdentifier(user.tags.email ?? user.tags.phoneNumber)
  if (identifier.type === 'none') {
    if (unknownContact === 'visitor') return visitor(person)
    throw new RuntimeError(NOBODY_GIVEN)
  }
  const contactId = user.tags.contactId ?? (await contactOf(client, connection, user, identifier))
  if (contactId === undefined) return { ...visitor(person), address: addressOf(identifier) }
  return { ...person, contactId, identifier: deliveryIdentifier(identifier) }
}

/** Known by nothing but the Botpress user: under an address HubSpot would look for a contact and find none. */
const visitor = (person: { userId: string; name: string }): Customer => ({
  ...person,
  contactId: undefined,
  identifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: person.userId },
})

const NOBODY_GIVEN = `HubSpot cannot tell who the customer is. Put the customer's e-mail address or phone number with country code into "User Email" of the escalation card, for example a variable in which the bot has asked for it; or choose "visitor" for "${fieldTitle('unknownContact')}" in the configuration of this integration.`

const CONTACT_MISSING = {
  email: 'HubSpot has no contact with the e-mail address in "User Email" of the escalation card.',
  phone: 'HubSpot has no contact with the phone number in "User Email" of the escalation card.',
}

/** Found, or made if the owner wants that; undefined where the customer may go on as a visitor. */
async function contactOf(
  client: bp.Client,
  { configuration, hubspot }: Connection,
  user: User,
  identifier: Known,
): Promise<string | undefined> {
  let contact = await findContact(hubspot, identifier)
  if (!contact) {
    switch (configuration.unknownContact) {
      case 'visitor':
        return undefined
      case 'refuse':
        throw new RuntimeError(
          `${CONTACT_MISSING[identifier.type]} Create the contact in HubSpot (by hand, or in the flow before the card) and escalate again; or choose "create" or "visitor" for "${fieldTitle('unknownContact')}" in the configuration of this integration.`,
        )
      case 'create':
        contact = await createContact(hubspot, identifier, user.name)
    }
  }
  await client.updateUser({ id: user.id, tags: contact })
  return contact.contactId
}

type Known = Exclude<CustomerIdentifier, { type: 'none' }>

const addressOf = (identifier: Known): string => (identifier.type === 'email' ? identifier.email : identifier.e164)

const deliveryIdentifier = (identifier: Known): DeliveryIdentifier => ({
  type: identifier.type === 'email' ? 'HS_EMAIL_ADDRESS' : 'HS_PHONE_NUMBER',
  value: addressOf(identifier),
})
