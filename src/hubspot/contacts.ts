import type { Endpoints } from './endpoints'
import { isHubSpotError } from './errors'
import type { HubSpotHttp } from './http'
import { contact, page, type Contact } from './schemas'

/** Properties that may hold a contact's phone number; the calculated ones are HubSpot's own international form. */
export const PHONE_PROPERTIES = [
  'hs_calculated_phone_number',
  'hs_calculated_mobile_number',
  'phone',
  'mobilephone',
] as const

const NAME_PROPERTIES = ['firstname', 'lastname']

export type ContactProperties = { email?: string; phone?: string; firstname?: string; lastname?: string }

/**
 * Contacts of the portal. All functions throw `HubSpotError`.
 * https://developers.hubspot.com/docs/api-reference/search/guide
 */
export function createContacts(http: HubSpotHttp, endpoints: Endpoints) {
  /** A direct read, because the search index knows new contacts only after a while. */
  async function byEmail(email: string): Promise<Contact | undefined> {
    try {
      return await http({
        method: 'GET',
        path: endpoints.contact(email),
        auth: 'bearer',
        query: { idProperty: 'email' },
        answer: contact,
      })
    } catch (thrown) {
      if (isHubSpotError(thrown, 'notFound')) return undefined
      throw thrown
    }
  }

  return {
    byEmail,

    /** Undefined when there is none with that record id. */
    byId: async (contactId: string): Promise<Contact | undefined> => {
      try {
        return await http({ method: 'GET', path: endpoints.contact(contactId), auth: 'bearer', answer: contact })
      } catch (thrown) {
        if (isHubSpotError(thrown, 'notFound', 'validation')) return undefined
        throw thrown
      }
    },

    /** Needs the scope `CREATE_CONTACTS_SCOPE`. An e-mail address has one contact: if somebody was faster, it is that one. */
    create: async (properties: ContactProperties): Promise<Contact> => {
      try {
        return await http({
          method: 'POST',
          path: endpoints.contacts,
          auth: 'bearer',
          json: { properties, associations: [] },
          // Two contacts can have one phone number, so a call whose answer was lost must not be repeated.
          repeatable: properties.email !== undefined,
          answer: contact,
        })
      } catch (thrown) {
        const existing =
          isHubSpotError(thrown, 'conflict') && properties.email ? await byEmail(properties.email) : undefined
        if (existing) return existing
        throw thrown
      }
    },

    /**
     * Contacts whose number may be this one. HubSpot's searchable numbers leave the country out, so the answer can
     * hold people of other countries: the caller compares `PHONE_PROPERTIES`.
     */
    candidatesByPhone: async (e164: string, nationalNumber: string): Promise<Contact[]> => {
      const { results } = await http({
        method: 'POST',
        path: endpoints.contactSearch,
        auth: 'bearer',
        repeatable: true,
        json: {
          filterGroups: [
            equals('hs_searchable_calculated_phone_number', nationalNumber),
            equals('hs_searchable_calculated_mobile_number', nationalNumber),
            equals('phone', e164),
            equals('mobilephone', e164),
          ],
          properties: [...PHONE_PROPERTIES, ...NAME_PROPERTIES],
          // The description requires these two as well: no order, and the first page.
          sorts: [],
          after: '0',
          limit: 100,
        },
        answer: page(contact),
      })
      return results
    },
  }
}

const equals = (propertyName: string, value: string) => ({ filters: [{ propertyName, operator: 'EQ', value }] })
