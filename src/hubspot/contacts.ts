import { withoutIds, type Endpoints } from './endpoints'
import { isHubSpotError, undefinedIf } from './errors'
import type { HubSpotHttp, OnDropped } from './http'
import { contact, created, page, type Contact } from './schemas'

/** Properties that may hold a contact's phone number; HubSpot calculates the first two, in international form. */
export const PHONE_PROPERTIES = [
  'hs_calculated_phone_number',
  'hs_calculated_mobile_number',
  'phone',
  'mobilephone',
] as const

/** The numbers as HubSpot searches them, without the country code, and as people have entered them. */
const SEARCHED_PHONE_PROPERTIES = [
  'hs_searchable_calculated_phone_number',
  'hs_searchable_calculated_mobile_number',
  'hs_calculated_phone_number',
  'phone',
  'mobilephone',
]

/** Further addresses of a contact, separated by semicolons. */
const MORE_EMAILS = 'hs_additional_emails'

const NAMES = ['firstname', 'lastname']

export type ContactProperties = { email?: string; phone?: string; firstname?: string; lastname?: string }

type Filter = { propertyName: string; operator: 'IN' | 'CONTAINS_TOKEN'; value?: string; values?: readonly string[] }

/** https://developers.hubspot.com/docs/api-reference/search/guide */
export function createContacts(http: HubSpotHttp, endpoints: Endpoints, onDropped: OnDropped) {
  /** A direct read, because the search index lags behind; searched is only what it does not find. */
  async function byEmail(email: string): Promise<Contact | undefined> {
    const query = { idProperty: 'email' }
    const read = http({ method: 'GET', path: endpoints.contact(email), query, answer: contact })
    return (await undefinedIf(read, 'notFound')) ?? byMoreEmails(email)
  }

  async function byMoreEmails(email: string): Promise<Contact | undefined> {
    const filter: Filter = { propertyName: MORE_EMAILS, operator: 'CONTAINS_TOKEN', value: email }
    // An address that HubSpot cannot search is one that it does not have.
    const candidates = await undefinedIf(search([filter], [MORE_EMAILS, ...NAMES]), 'validation')
    return candidates?.find(({ properties }) =>
      properties[MORE_EMAILS]?.split(';').some((other) => other.trim().toLowerCase() === email.toLowerCase()),
    )
  }

  /** Contacts that one of the filters fits; HubSpot takes five at most. */
  async function search(filters: readonly Filter[], properties: readonly string[]): Promise<Contact[]> {
    const { results, dropped } = await http({
      method: 'POST',
      path: endpoints.contactSearch,
      repeatable: true,
      json: {
        filterGroups: filters.map((filter) => ({ filters: [filter] })),
        properties,
        // The description requires an order and a page.
        sorts: [],
        after: '0',
        limit: 100,
      },
      answer: page(contact),
    })
    for (const where of dropped) onDropped(`${where} of POST ${withoutIds(endpoints.contactSearch)}`)
    return results
  }

  return {
    byEmail,

    /** Undefined if HubSpot has no contact with that record id. */
    byId: (contactId: string) => {
      const read = http({ method: 'GET', path: endpoints.contact(contactId), answer: contact })
      return undefinedIf(read, 'notFound', 'validation', 'missingScope', 'unreadable')
    },

    /** HubSpot allows one contact per e-mail address: resolves to that if there is one. Needs `CREATE_CONTACTS_SCOPE`. */
    create: async (properties: ContactProperties): Promise<{ id: string }> => {
      try {
        return await http({
          method: 'POST',
          path: endpoints.contacts,
          json: { properties, associations: [] },
          // Two contacts can have one phone number, so a call whose answer was lost must not be repeated.
          repeatable: properties.email !== undefined,
          answer: created,
        })
      } catch (thrown) {
        if (!isHubSpotError(thrown, 'conflict')) throw thrown
        // As in: "Contact already exists. Existing ID: 140101".
        const [, id] = /existing id:?\s*(\d+)/i.exec(thrown.message) ?? []
        const existing = id === undefined ? properties.email && (await byEmail(properties.email)) : { id }
        if (existing) return existing
        throw thrown
      }
    },

    /**
     * Contacts whose number may be one of these, the same one in all its forms. National forms leave the country out, so
     * contacts of other countries can be among them: the caller compares `PHONE_PROPERTIES`.
     */
    candidatesByPhone: (forms: readonly string[]) =>
      search(
        SEARCHED_PHONE_PROPERTIES.map((propertyName) => ({ propertyName, operator: 'IN', values: forms })),
        [...PHONE_PROPERTIES, ...NAMES],
      ),
  }
}
