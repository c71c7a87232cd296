import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../index'
import { ALL_SCOPES, testClient, type TestClient } from '../testing'

let hubspot: HubSpot
let client: TestClient
beforeEach(async () => {
  hubspot = await startHubSpot()
  client = await testClient(hubspot, ALL_SCOPES)
})
afterEach(async () => hubspot.close())

const v3 = '/crm/v3/objects/contacts'
const create = (properties: Record<string, string>) => client.api('POST', v3, { properties, associations: [] })
const request = (filterGroups: unknown, changes: Record<string, unknown> = {}) => ({
  filterGroups,
  properties: ['phone'],
  sorts: [],
  limit: 10,
  after: '0',
  ...changes,
})
const search = (...filters: unknown[]) =>
  client.api('POST', `${v3}/search`, request(filters.map((filter) => ({ filters: [filter] }))))

describe('contacts', () => {
  it.each([v3, '/crm/objects/2026-09/contacts'])('are read by id and by e-mail address at %s', async (base) => {
    const { id } = hubspot.contacts.add({ email: 'ada@example.com', firstname: 'Ada' })
    const read = await client.api('GET', `${base}/ADA@example.com?idProperty=email`)
    expect(read).toMatchObject({
      status: 200,
      body: { id, properties: { email: 'ada@example.com', firstname: 'Ada', lastname: null, hs_object_id: id } },
    })
    const asked = await client.api('GET', `${base}/${id}?properties=phone,company`)
    expect(asked.body).toMatchObject({ properties: { phone: null, company: null } })
    expect(await client.api('GET', `${base}/nobody@example.com?idProperty=email`)).toMatchObject({
      status: 404,
      body: { category: 'OBJECT_NOT_FOUND' },
    })
    expect((await client.api('GET', `${base}/1?idProperty=phone`)).status).toBe(400)
  })

  it('are created once an e-mail address, and changed', async () => {
    const made = await create({ email: 'ada@example.com' })
    expect(made.status).toBe(201)
    const [contact] = hubspot.contacts.list()
    expect(await create({ email: 'ADA@example.com' })).toMatchObject({
      status: 409,
      body: { category: 'CONFLICT', message: `Contact already exists. Existing ID: ${contact?.id}` },
    })
    await client.api('PATCH', `${v3}/${contact?.id}`, { properties: { phone: '+1 415 555 2671' } })
    expect(hubspot.contacts.list()).toMatchObject([{ properties: { phone: '+1 415 555 2671' } }])
    expect((await client.api('PATCH', `${v3}/1`, { properties: {} })).status).toBe(404)
  })

  it.each([
    [{ properties: { shoesize: '44' }, associations: [] }, 'PROPERTY_DOESNT_EXIST'],
    [{ properties: { hs_object_id: '1' }, associations: [] }, 'READ_ONLY_VALUE'],
    [{ properties: { email: 'ada' }, associations: [] }, 'INVALID_EMAIL'],
  ])('are refused with %j', async (body, code) => {
    expect(await client.api('POST', v3, body)).toMatchObject({ status: 400, body: { errors: [{ code }] } })
  })
})

describe('the search', () => {
  it('finds a phone number by its digits without the country code', async () => {
    const us = hubspot.contacts.add({ phone: '+1 415 555 2671' })
    const uk = hubspot.contacts.add({ mobilephone: '+44 20 7946 0958' })
    const number = 'hs_searchable_calculated_phone_number'
    const find = async (filter: unknown) => (await search(filter)).body
    expect(await find({ propertyName: number, operator: 'EQ', value: '4155552671' })).toMatchObject({
      total: 1,
      results: [{ id: us.id, properties: { phone: '+1 415 555 2671' } }],
    })
    expect(await find({ propertyName: number, operator: 'EQ', value: '14155552671' })).toMatchObject({ total: 0 })
    const mobile = { propertyName: 'hs_searchable_calculated_mobile_number', operator: 'CONTAINS_TOKEN' }
    expect(await find({ ...mobile, value: '*79460958' })).toMatchObject({ results: [{ id: uk.id }] })
    expect(await find({ ...mobile, value: '79460958' })).toMatchObject({ total: 0 })
  })

  it('joins groups by or, and knows IN', async () => {
    hubspot.contacts.add({ email: 'ada@example.com' })
    hubspot.contacts.add({ email: 'bob@example.com' })
    const email = (operator: string, rest: object) => ({ propertyName: 'email', operator, ...rest })
    const answer = await search(email('EQ', { value: 'ada@example.com' }), email('IN', { values: ['bob@example.com'] }))
    expect(answer.body).toMatchObject({ total: 2 })
  })

  it('lags behind when switched so', async () => {
    hubspot.switches.searchLagMs = 60_000
    const { id } = hubspot.contacts.add({ email: 'ada@example.com' })
    const filter = { propertyName: 'email', operator: 'EQ', value: 'ada@example.com' }
    expect((await search(filter)).body).toMatchObject({ total: 0 })
    expect((await client.api('GET', `${v3}/${id}`)).status).toBe(200)
  })

  const filter = { propertyName: 'email', operator: 'EQ', value: 'a' }
  const groups = (count: number, filters: number) =>
    Array.from({ length: count }, () => ({ filters: Array.from({ length: filters }, () => filter) }))
  it.each([
    ['six groups', request(groups(6, 1))],
    ['seven filters in a group', request(groups(1, 7))],
    ['twenty filters in all', request(groups(4, 5))],
    ['two sort rules', request(groups(1, 1), { sorts: ['email', 'phone'] })],
    ['a page of 201', request(groups(1, 1), { limit: 201 })],
    ['no after', request(groups(1, 1), { after: undefined })],
    ['an unknown property', request([{ filters: [{ ...filter, propertyName: 'shoesize' }] }])],
    ['nothing to compare with', request([{ filters: [{ propertyName: 'email', operator: 'IN' }] }])],
  ])('refuses %s', async (_what, body) => {
    expect((await client.api('POST', `${v3}/search`, body)).status).toBe(400)
  })
})
