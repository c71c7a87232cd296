import { afterEach, beforeEach, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from './hubspot'
import { ADA, addContacts, BEN, KIM, nameOf } from './known-customers'

let hubspot: HubSpot
beforeEach(async () => {
  hubspot = await startHubSpot()
})
afterEach(async () => hubspot.close())

const names = () =>
  hubspot.contacts.list().map(({ properties }) => `${properties['firstname']} ${properties['lastname']}`)

it('known customers become contacts, with an e-mail address or a phone number', () => {
  addContacts(hubspot, [ADA, BEN, KIM])
  expect(names()).toEqual([ADA, BEN, KIM].map(nameOf))
})

it('known customers become contacts only once, in any order', () => {
  addContacts(hubspot, [BEN, ADA])
  addContacts(hubspot, [ADA, KIM, BEN])
  expect(names()).toEqual([BEN, ADA, KIM].map(nameOf))
})
