import type { HubSpot } from './hubspot'

/** Customers whom HubSpot knows, each by what the bot knows of them too. */
export type Person = { firstname: string; lastname: string; email?: string; phone?: string }

export const ADA = { firstname: 'Ada', lastname: 'Example', email: 'ada@example.com' }
export const BEN = { firstname: 'Ben', lastname: 'Muster', phone: '+1 212 555 0147' }

export const nameOf = ({ firstname, lastname }: Person): string => `${firstname} ${lastname}`

/** Makes them contacts, unless they are: the session that is played and the page both begin with them. */
export function addContacts({ contacts }: Pick<HubSpot, 'contacts'>, people: readonly Person[]): void {
  for (const person of people) {
    const address = person.email ?? person.phone
    const isKnown = contacts.list().some(({ properties: { email, phone } }) => [email, phone].includes(address))
    if (!isKnown) contacts.add(person)
  }
}
