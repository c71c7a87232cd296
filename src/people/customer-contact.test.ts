import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot as StandIn } from '../../sandbox/hubspot'
import { ALL_SCOPES, testClient } from '../../sandbox/hubspot/testing'
import { clientOf } from '../../tests/support/client-of'
import { allCalls, status } from '../../tests/support/faults'
import type { HubSpot } from '../hubspot/client'
import { ContactRefused, contactInTags, contactTags, createContact, findContact } from './customer-contact'
import { parseCustomerIdentifier } from './customer-identifier'

let standIn: StandIn
let hubspot: HubSpot

beforeAll(async () => {
  standIn = await startHubSpot()
  const { token } = await testClient(standIn, ALL_SCOPES)
  hubspot = clientOf(standIn, token)
})
afterAll(async () => standIn.close())

/** Whether "User Email" leads to a contact whose number is stored like that. */
async function leadsTo(given: string, stored: Partial<Record<'phone' | 'mobilephone', string>>): Promise<boolean> {
  const { id } = standIn.contacts.add(stored)
  const found = await findContact(hubspot, await parseCustomerIdentifier(given))
  standIn.contacts.remove(id)
  return found?.contactId === id
}

describe('a contact whose number is stored', () => {
  it.each([
    ['+61412345678', '0061412345678'],
    ['+61412345678', '61412345678'],
    ['+61412345678', '0412 345 678'],
    ['+61412345678', '+61 (0)412-345-678'],
    ['14155550101', '+1 415 555 0101'],
    ['14155550101', '(415) 555-0101'],
    ['+5215512345678', '+52 55 1234 5678'],
    ['+525512345678', '+52 1 55 1234 5678'],
    ['+525512345678', '5215512345678'],
    ['+5491123456789', '+54 11 2345-6789'],
    ['+541123456789', '+54 9 11 2345 6789'],
    ['+551187654321', '+55 11 98765-4321'],
    ['+5511987654321', '+55 11 8765-4321'],
    ['5511987654321', '(11) 98765-4321'],
    ['+393331234567', '333 123 4567'],
    ['+39612345678', '+39 06 1234 5678'],
    // Of no country.
    ['+80012345678', '80012345678'],
  ])('is the one of %s: %s', async (given, phone) => {
    expect(await leadsTo(given, { phone })).toBe(true)
    expect(await leadsTo(given, { mobilephone: phone })).toBe(true)
  })

  it.each([
    ['+14155550101', '+44 415 555 0101'],
    ['+4915112345678', '0041 1511 2345678'],
    ['+61412345678', '+61 412 345 679'],
    ['+551137654321', '+55 11 93765-4321'],
    // A national number in the form of the customer's country, of which the digits alone agree.
    ['+14155550101', '0415 555 0101 0'],
    // HubSpot's search finds it.
    ['+14155550101', '0415 555 0101'],
  ])('is not the one of %s: %s', async (given, phone) => {
    expect(await leadsTo(given, { phone })).toBe(false)
  })

  it('is found behind others of which the digits alone agree', async () => {
    const others = ['+44 415 555 0101', '+49 415 555 0101', '+61 415 555 0101'].map((phone) =>
      standIn.contacts.add({ phone }),
    )
    expect(await leadsTo('+14155550101', { phone: '+1 415 555 0101' })).toBe(true)
    for (const { id } of others) standIn.contacts.remove(id)
  })

  it('in international form is compared as such, and only without one by the country of the customer', async () => {
    const national = '(415) 555-0101'
    expect(await leadsTo('+14155550101', { phone: '+44 20 7946 0018', mobilephone: national })).toBe(false)
    expect(await leadsTo('+14155550101', { phone: '020 7946 0018', mobilephone: national })).toBe(true)
    expect(await leadsTo('+14155550101', { phone: '+1 415 555 0101', mobilephone: '+44 20 7946 0018' })).toBe(true)
    // What begins like one and is none decides nothing, nor does one without its plus.
    expect(await leadsTo('+14155550101', { phone: '+1 ask Ada', mobilephone: national })).toBe(true)
    expect(await leadsTo('+14155550101', { phone: '442079460018', mobilephone: national })).toBe(true)
  })
})

describe('a contact', () => {
  it.each([
    [{ firstname: 'Ada', lastname: 'Sample' }, 'Ada Sample'],
    [{ lastname: 'Sample' }, 'Sample'],
    [{}, ''],
  ])('is found with the name that HubSpot has: %j', async (properties, name) => {
    const { id } = standIn.contacts.add({ email: 'ada@example.com', ...properties })
    expect(await findContact(hubspot, { type: 'email', email: 'ada@example.com' })).toEqual({ contactId: id, name })
    standIn.contacts.remove(id)
    expect(await findContact(hubspot, { type: 'email', email: 'ada@example.com' })).toBeUndefined()
  })

  it.each([
    [' Ada  Maria Sample ', { firstname: 'Ada', lastname: 'Maria Sample' }],
    ['Ada', { firstname: 'Ada' }],
    [undefined, {}],
  ])('is created with the parts of the name: %j', async (name, names) => {
    const { contactId } = await createContact(hubspot, { type: 'phone', e164: '+14155550101' }, name)
    const [contact] = standIn.contacts.list()
    expect(contact?.properties).toMatchObject({ phone: '+14155550101', ...names })
    for (const absent of ['firstname', 'lastname', 'email'].filter((key) => !(key in names))) {
      expect(contact?.properties).not.toHaveProperty(absent)
    }
    standIn.contacts.remove(contactId)
  })

  it('is created with the address and the trimmed name, which its session shows', async () => {
    const made = await createContact(hubspot, { type: 'email', email: 'ada@example.com' }, ' Ada Sample ')
    const [contact] = standIn.contacts.list()
    expect(contact?.properties).toMatchObject({ email: 'ada@example.com' })
    expect(made).toEqual({ contactId: contact?.id, name: 'Ada Sample' })
    standIn.contacts.remove(made.contactId)
  })

  it('is not looked for where the card has no address', async () => {
    standIn.log.clear()
    expect(await findContact(hubspot, { type: 'none', upstreamUserId: undefined })).toBeUndefined()
    expect(standIn.log.calls).toEqual([])
  })

  it('named by the tags of a user counts in its own account alone', () => {
    expect(contactInTags({ contactId: '1', portalId: '7' }, '7')).toEqual({ contactId: '1', portalId: '7' })
    expect(contactInTags({ contactId: '1', portalId: '7' }, '8')).toBeUndefined()
    expect(contactInTags({ contactId: '', portalId: '7' }, '7')).toBeUndefined()
    expect(contactTags(undefined)).toEqual({ contactId: '', portalId: '' })
  })
})

describe("a contact that the account's own rules refuse", () => {
  it.each(['ada@example.com', '+14155550101'])('is refused with the property by name: %s', async (given) => {
    const identifier = await parseCustomerIdentifier(given)
    if (identifier.type === 'none') throw new Error('It is an address')
    standIn.switches.requiredContactProperties = ['vat_number', 'lastname']
    const refused = createContact(hubspot, identifier, 'Ada')
    await expect(refused).rejects.toThrow(ContactRefused)
    await expect(refused).rejects.toThrow(
      'HubSpot did not create the contact: the rules of the account refuse "vat_number", "lastname". Change the rules',
    )
    expect(standIn.contacts.list()).toEqual([])
  })

  it('is refused with what HubSpot says if it names no property', async () => {
    standIn.faults = allCalls(
      { method: 'POST', path: /\/contacts$/ },
      status(400, {}, { category: 'VALIDATION_ERROR' }),
    )
    const refused = createContact(hubspot, { type: 'email', email: 'ada@example.com' })
    await expect(refused).rejects.toThrow('did not create the contact (status 400, VALIDATION_ERROR). Change the rules')
    standIn.faults = undefined
  })
})
