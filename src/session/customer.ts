import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import type { DeliveryIdentifier } from '../hubspot/custom-channels'
import type { Connection } from './connection'
import { findContact } from './customer-contact'
import { parseCustomerIdentifier, type CustomerIdentifier } from './customer-identifier'

/** The person a session is for, as HubSpot knows them. */
export type Customer = { userId: string; name: string; contactId: string; identifier: DeliveryIdentifier }

type User = Awaited<ReturnType<bp.Client['getUser']>>['user']

/**
 * The customer behind a user that `createUser` made. A contact that is missing from the tags is looked up once more:
 * the plugin reuses users, and the owner may have created the contact since.
 * Throws `RuntimeError` when nobody can be told, `HubSpotError` when the look-up fails.
 */
export async function customerOf(client: bp.Client, connection: Connection, user: User): Promise<Customer> {
  const identifier = parseCustomerIdentifier(user.tags.email ?? user.tags.phoneNumber)
  if (identifier.type === 'none') throw new RuntimeError(NOBODY_GIVEN)
  return {
    userId: user.id,
    name: user.name?.trim() ?? '',
    contactId: user.tags.contactId ?? (await lookUp(client, connection, user, identifier)),
    identifier: deliveryIdentifier(identifier),
  }
}

const NOBODY_GIVEN =
  'HubSpot cannot tell who the customer is. Put the customer\'s e-mail address or phone number with country code into "User Email" of the escalation card, for example a variable in which the bot has asked for it.'

const CONTACT_MISSING = {
  email: 'HubSpot has no contact with the e-mail address in "User Email" of the escalation card.',
  phone: 'HubSpot has no contact with the phone number in "User Email" of the escalation card.',
}

async function lookUp(client: bp.Client, connection: Connection, user: User, identifier: Known): Promise<string> {
  const contact = await findContact(connection.hubspot, identifier)
  if (!contact) {
    throw new RuntimeError(
      `${CONTACT_MISSING[identifier.type]} Create the contact in HubSpot (by hand, or in the flow before the card), then escalate again.`,
    )
  }
  await client.updateUser({ id: user.id, tags: contact })
  return contact.contactId
}

type Known = Exclude<CustomerIdentifier, { type: 'none' }>

const deliveryIdentifier = (identifier: Known): DeliveryIdentifier =>
  identifier.type === 'email'
    ? { type: 'HS_EMAIL_ADDRESS', value: identifier.email }
    : { type: 'HS_PHONE_NUMBER', value: identifier.e164 }
