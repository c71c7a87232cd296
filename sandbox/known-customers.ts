import type { HubSpot } from './hubspot'

/** A customer with a contact in HubSpot, and what the bot knows about them. */
export type KnownCustomer = { firstname: string; lastname: string; email?: string; phone?: string }

export const ADA = { firstname: 'Ada', lastname: 'Example', email: 'ada@example.com' }
export const BEN = { firstname: 'Ben', lastname: 'Muster', phone: '+1 212 555 0147' }
export const LIN = { firstname: 'Lin', lastname: 'Sample', email: 'lin@example.com', phone: '+1 212 555 0162' }
export const KIM = { firstname: 'Kim', lastname: 'Specimen', email: 'kim@example.com' }

export const nameOf = ({ firstname, lastname }: KnownCustomer): string => `${firstname} ${lastname}`

/** Creates the contacts that do not exist yet. Both the demo and the page need them. */
export function addContacts({ contacts }: Pick<HubSpot, 'contacts'>, customers: readonly KnownCustomer[]): void {
  for (const customer of customers) {
    const address = customer.email ?? customer.phone
    const isKnown = contacts.list().some(({ properties: { email, phone } }) => [email, phone].includes(address))
    if (!isKnown) contacts.add(customer)
  }
}
