import { invalid } from '../problem'
import type { DeliveryIdentifier } from '../state/model'
import type { World } from '../state/world'
import { addContact, contactByEmail, contactByPhone } from './contacts'

/** The id that a thread is associated with: a contact's, or a visitor's, which the CRM does not know. */
export type Customer = { id: string; actorId: string }

export type Writer = { deliveryIdentifier: DeliveryIdentifier; name?: string | undefined }

export function resolveCustomer(world: World, writer: Writer, contactId: string | undefined): Customer {
  if (contactId !== undefined) {
    if (!world.contacts.has(contactId)) throw invalid(`Contact ${contactId} does not exist`)
    return asCustomer(contactId)
  }
  const { type, value } = writer.deliveryIdentifier
  if (type !== 'HS_EMAIL_ADDRESS' && type !== 'HS_PHONE_NUMBER') return visitor(world, writer)
  const known = type === 'HS_EMAIL_ADDRESS' ? contactByEmail(world, value) : contactByPhone(world, value)
  if (known !== undefined) return asCustomer(known)
  switch (world.switches.unknownContact) {
    case 'visitor':
      return visitor(world, writer)
    case 'refuse':
      throw invalid(`No contact matches the delivery identifier of type ${type}`)
    case 'create': {
      const field = type === 'HS_EMAIL_ADDRESS' ? { email: value } : { phone: value }
      return asCustomer(addContact(world, field).id)
    }
  }
}

/** One person stays one visitor: the same identifier gets the same id. */
function visitor(world: World, { deliveryIdentifier: { type, value }, name }: Writer): Customer {
  const key = `${type}:${value}`
  const known = world.visitors.get(key)
  if (known !== undefined) return { id: known.actorId.slice(2), actorId: known.actorId }
  const id = world.ids.next('visitor')
  const email = type === 'HS_EMAIL_ADDRESS' ? value : undefined
  world.visitors.set(key, { actorId: `V-${id}`, name, email })
  return asCustomer(id)
}

function asCustomer(id: string): Customer {
  return { id, actorId: `V-${id}` }
}
