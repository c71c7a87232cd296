import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { conflict, invalid } from '../problem'
import type { Contact } from '../state/model'
import { isoNow, type World } from '../state/world'

const writable = [
  'email',
  'firstname',
  'lastname',
  'phone',
  'mobilephone',
  'company',
  'fax',
  'hs_additional_emails',
  'lifecyclestage',
  'hubspot_owner_id',
]

/** HubSpot calculates these; the searchable ones leave the country code out. */
const phones = {
  phone: { searchable: 'hs_searchable_calculated_phone_number', international: 'hs_calculated_phone_number' },
  mobilephone: { searchable: 'hs_searchable_calculated_mobile_number', international: 'hs_calculated_mobile_number' },
}

const calculated = ['createdate', 'lastmodifieddate', 'hs_object_id', ...Object.values(phones).flatMap(Object.values)]

export const knownProperties = new Set<string>([...writable, ...calculated])

/** Contacts that apps create must satisfy the account's own rules. */
export function createContact(world: World, given: Record<string, string>): Contact {
  const missing = world.switches.requiredContactProperties.filter((name) => !given[name])
  if (missing.length === 0) return addContact(world, given)
  throw invalid(
    'Property values were not valid',
    missing.map((name) => ({
      message: `Property "${name}" is required`,
      code: 'REQUIRED_FIELD',
      context: { propertyName: [name] },
    })),
  )
}

export function addContact(world: World, given: Record<string, string>): Contact {
  const id = world.ids.next('contact')
  const now = isoNow(world)
  const contact: Contact = { id, properties: {}, createdAt: now, updatedAt: now, archived: false }
  write(world, contact, given)
  contact.properties['createdate'] = now
  contact.properties['hs_object_id'] = id
  world.contacts.set(id, { contact, changedAtMs: world.options.now() })
  return contact
}

export function changeContact(world: World, id: string, given: Record<string, string>): Contact | undefined {
  const stored = world.contacts.get(id)
  if (stored === undefined) return undefined
  write(world, stored.contact, given)
  stored.contact.updatedAt = isoNow(world)
  stored.changedAtMs = world.options.now()
  return stored.contact
}

export function contactByEmail(world: World, email: string): string | undefined {
  const wanted = email.trim().toLowerCase()
  for (const { contact } of world.contacts.values()) {
    const own = [contact.properties['email'], ...(contact.properties['hs_additional_emails']?.split(';') ?? [])]
    if (own.some((address) => address?.toLowerCase() === wanted)) return contact.id
  }
  return undefined
}

export function contactByPhone(world: World, phone: string): string | undefined {
  const wanted = parsePhoneNumberFromString(phone)?.number
  if (wanted === undefined) return undefined
  for (const { contact } of world.contacts.values()) {
    const numbers = [contact.properties['phone'], contact.properties['mobilephone']]
    if (numbers.some((number) => number && parsePhoneNumberFromString(number)?.number === wanted)) return contact.id
  }
  return undefined
}

function write(world: World, contact: Contact, given: Record<string, string>): void {
  assertWritable(given)
  const { email } = given
  const holder = email ? contactByEmail(world, email) : undefined
  if (holder !== undefined && holder !== contact.id) throw conflict(`Contact already exists. Existing ID: ${holder}`)
  for (const [name, value] of Object.entries(given)) {
    contact.properties[name] = name === 'email' ? value.toLowerCase() : value
  }
  contact.properties['lastmodifieddate'] = isoNow(world)
  for (const [name, { searchable, international }] of Object.entries(phones)) {
    const number = contact.properties[name]
    if (number === undefined || number === null) continue
    const parsed = parsePhoneNumberFromString(number)
    contact.properties[searchable] = parsed?.nationalNumber ?? number.replaceAll(/\D/g, '')
    contact.properties[international] = parsed?.number ?? null
  }
}

function assertWritable(given: Record<string, string>): void {
  const problems = Object.entries(given).flatMap(([name, value]) => {
    if (calculated.includes(name)) return [{ message: `"${name}" is a read only property`, code: 'READ_ONLY_VALUE' }]
    if (!writable.includes(name)) {
      return [{ message: `Property "${name}" does not exist`, code: 'PROPERTY_DOESNT_EXIST' }]
    }
    if (name === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
      return [{ message: `Email address ${value} is invalid`, code: 'INVALID_EMAIL' }]
    }
    return []
  })
  if (problems.length > 0) throw invalid('Property values were not valid', problems)
}
