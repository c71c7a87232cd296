import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { connectionOf } from '../installation/connection'
import { explained } from '../installation/explain'
import { repeated } from '../installation/repeat'
import { NOT_CONNECTED } from '../installation/tokens'
import { contactTags, findContact, type KnownContact } from '../people/customer-contact'
import { parseCustomerIdentifier, type CustomerIdentifier } from '../people/customer-identifier'

/**
 * Makes the customer known. Turns away only what is malformed: the plugin also calls this for everybody else in the
 * conversation's history, and whether somebody may start a session is for `startHitl` to say.
 */
export const createUser: bp.IntegrationProps['actions']['createUser'] = async ({ ctx, client, input }) => {
  const identifier = await parseCustomerIdentifier(input.email)
  const contact = await explained('The customer could not be looked up in HubSpot', ctx, async () => {
    const { tokens, portal } = connectionOf({ ctx, client })
    if (identifier.type === 'none') return undefined
    const portalId = await tokens.portalId()
    if (portalId === undefined) throw new RuntimeError(NOT_CONNECTED)
    const found = await findContact(portal(portalId).hubspot, identifier)
    return found && { ...found, portalId }
  })
  const person = { name: input.name, ...(input.pictureUrl ? { pictureUrl: input.pictureUrl } : {}) }
  const user = await getOrCreate(client, identifier, person, contact)
  const tags = contactTags(contact)
  const { contactId = '', portalId = '' } = user.tags
  if (contactId !== tags.contactId || portalId !== tags.portalId) await client.updateUser({ id: user.id, tags })
  return { userId: user.id }
}

type Person = { name: string; pictureUrl?: string }

/** One user per address or number, however often it is given; without either nothing tells two people apart. */
async function getOrCreate(
  client: bp.Client,
  identifier: CustomerIdentifier,
  person: Person,
  contact: KnownContact | undefined,
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
