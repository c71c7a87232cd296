import type * as bp from '../bp'
import { undefinedIf } from '../hubspot/errors'
import { connectionOf } from '../installation/connection'
import { explained } from '../installation/explain'
import { repeated } from '../installation/async'
import { nameOf, type User } from '../people/customer'
import { contactTags, findContact, LOOK_UP_REFUSED, type FoundContact } from '../people/customer-contact'
import { parseCustomerIdentifier, type CustomerIdentifier } from '../people/customer-identifier'

type Props = bp.ActionProps['createUser']

/**
 * Finds or creates the user. Refuses only an address that cannot be read: the plugin also calls this for other people in
 * the conversation, and `startHitl` decides whether a customer may start a session.
 */
export const createUser: bp.IntegrationProps['actions']['createUser'] = async (props) => {
  const { ctx, client, input } = props
  const identifier = await parseCustomerIdentifier(input.email)
  if (identifier.type === 'none') return { userId: await userWithoutAddress(props, identifier.upstreamUserId) }
  const found = await explained('The customer could not be looked up in HubSpot', ctx, () => lookUp(props, identifier))
  const person = personOf(input, found)
  const tags = contactTags(found)
  const { user } = await repeated(() =>
    client.getOrCreateUser({ ...person, ...keyedBy(identifier, found ? tags : {}) }),
  )
  await update(client, user, person, tags)
  return { userId: user.id }
}

type Tags = ReturnType<typeof contactTags>

/** People change their names, and contacts are merged. */
async function update(client: bp.Client, user: User, person: Person, tags: Tags): Promise<void> {
  const isChanged =
    user.name !== (person.name ?? user.name) ||
    user.pictureUrl !== (person.pictureUrl ?? user.pictureUrl) ||
    (user.tags.contactId ?? '') !== tags.contactId ||
    (user.tags.portalId ?? '') !== tags.portalId
  if (isChanged) await client.updateUser({ id: user.id, ...person, tags })
}

async function lookUp(props: Props, identifier: CustomerIdentifier) {
  const { hubspot, portalId } = await connectionOf(props).currentPortal()
  // `startHitl` looks again, and says what HubSpot refuses.
  const found = await undefinedIf(findContact(hubspot, identifier), ...LOOK_UP_REFUSED)
  return found && { ...found, portalId }
}

/** One user per address or number, however often it is given. */
function keyedBy(identifier: Exclude<CustomerIdentifier, { type: 'none' }>, tags: Record<string, string>) {
  return identifier.type === 'email'
    ? { tags: { ...tags, email: identifier.email }, discriminateByTags: ['email' as const] }
    : { tags: { ...tags, phoneNumber: identifier.e164 }, discriminateByTags: ['phoneNumber' as const] }
}

/** One user per user of the bot; without either, nothing tells two people apart. */
async function userWithoutAddress({ client, input }: Props, upstreamUserId: string | undefined): Promise<string> {
  const person = personOf(input, undefined)
  if (upstreamUserId === undefined) return (await client.createUser({ ...person, tags: {} })).user.id
  const { user } = await repeated(() =>
    client.getOrCreateUser({ ...person, tags: { upstreamUserId }, discriminateByTags: ['upstreamUserId'] }),
  )
  await update(client, user, person, contactTags(undefined))
  return user.id
}

type Person = { name?: string; pictureUrl?: string }

/** The contact's name in HubSpot, if the bot knows none. */
function personOf({ name, pictureUrl }: Props['input'], found: FoundContact | undefined): Person {
  const known = nameOf({ name }) || (found?.name ?? '')
  return { ...(known ? { name: known } : {}), ...(pictureUrl ? { pictureUrl } : {}) }
}
