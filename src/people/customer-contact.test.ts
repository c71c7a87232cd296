import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot as StandIn } from '../../sandbox/hubspot'
import { ALL_SCOPES, testClient } from '../../sandbox/hubspot/testing'
import { clientOf } from '../../tests/support/client-of'
import type { HubSpot } from '../hubspot/client'
import { ContactRefused, createContact, findContact } from './customer-contact'
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
  ])('is the one of %s: %s', async (given, phone) => {
    expect(await leadsTo(given, { phone })).toBe(true)
    expect(await leadsTo(given, { mobilephone: phone })).toBe(true)
  })

  it.each([
    ['+14155550101', '+44 415 555 0101'],
    ['+4915112345678', '0041 1511 2345678'],
    ['+61412345678', '+61 412 345 679'],
    ['+551137654321', '+55 11 93765-4321'],
  ])('is not the one of %s: %s', async (given, phone) => {
    expect(await leadsTo(given, { phone })).toBe(false)
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
      'HubSpot did not create the contact: the account has rules of its own for "vat_number", "lastname". Change the rules',
    )
    expect(standIn.contacts.list()).toEqual([])
  })
})
