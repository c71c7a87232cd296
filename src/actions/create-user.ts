import type * as bp from '../bp'
import { explained } from '../installation/explain'
import { connect } from '../installation/connection'
import { findContact } from '../people/customer-contact'
import { parseCustomerIdentifier, type CustomerIdentifier } from '../people/customer-identifier'
import { repeated } from '../installation/repeat'

/**
 * Makes the customer known. Turns away only what is malformed: the plugin also calls this for everybody else in the
 * conversation's history, and whether somebody may start a session is for `startHitl` to say.
 */
export const createUser: bp.IntegrationProps['actions']['createUser'] = async ({ ctx, client, input }) => {
  const identifier = await parseCustomerIdentifier(input.email)
  const contact = await explained('The customer could not be looked up in HubSpot', ctx, async () =>
    findContact(connect({ ctx, client }).hubspot, identifier),
  )
  const person = { name: input.name, ...(input.pictureUrl ? { pictureUrl: input.pictureUrl } : {}) }
  const user = await getOrCreate(client, identifier, person, contact)
  if (contact && user.tags.contactId !== contact.contactId) await client.updateUser({ id: user.id, tags: contact })
  return { userId: user.id }
}

type Person = { name: string; pictureUrl?: string }

/** One user per address or number, however often it is given; without either nothing tells two people apart. */
async function getOrCreate(
  client: bp.Client,
  identifier: CustomerIdentifier,
  person: Person,
  contact: { contactId: string } | undefined,
) {
  switch (identifier.type) {
    case 'email': {
      const user = { ...person, tags: { email: identifier.email, ...contact } }
      return (await repeated(() => client.getOrCreateUser({ ...user, discriminateByTags: ['email'] }))).user
    }
    case 'phone': {
      const user = { ...person, tags: { phoneNumber: identifier.e164, ...contact } }
      return (await repeated(() => client.getOrCreateUser({ ...user, discriminateByTags: ['phoneNumber'] }))).user
    }
    case 'none':
      return (await client.createUser({ ...person, tags: {} })).user
  }
}
