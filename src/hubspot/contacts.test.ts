import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot as StandIn } from '../../sandbox/hubspot'
import { ALL_SCOPES, testClient } from '../../sandbox/hubspot/testing'
import { clientOf } from '../../tests/support/client-of'
import type { HubSpot } from './client'

let standIn: StandIn
let contacts: HubSpot['contacts']

beforeEach(async () => {
  standIn = await startHubSpot()
  const { token } = await testClient(standIn, ALL_SCOPES)
  contacts = clientOf(standIn, token, 'dated').contacts
})
afterEach(async () => standIn.close())

const calls = () => standIn.log.calls.filter(({ path }) => path.includes('/contacts')).map(({ method }) => method)

describe.each([true, false])('a contact by an e-mail address, where reading knows further addresses: %s', (knows) => {
  beforeEach(() => {
    standIn.switches.readsMoreEmails = knows
  })

  it('is found by the main one with one call', async () => {
    const { id } = standIn.contacts.add({ email: 'ada@example.com' })
    expect(await contacts.byEmail('ada@example.com')).toMatchObject({ id })
    expect(calls()).toEqual(['GET'])
  })

  it('is found by a further one', async () => {
    const more = { email: 'ada@example.com', hs_additional_emails: 'ada@work.example.com;Ada@Home.example.com' }
    const { id } = standIn.contacts.add(more)
    expect(await contacts.byEmail('ada@home.example.com')).toMatchObject({ id })
  })

  it('is not found by a part of one', async () => {
    standIn.contacts.add({ email: 'ada@example.com', hs_additional_emails: 'xada@work.example.com' })
    expect(await contacts.byEmail('ada@work.example.com')).toBeUndefined()
    expect(await contacts.byEmail('nobody@example.com')).toBeUndefined()
  })

  it('is not found where HubSpot refuses to search for it', async () => {
    standIn.faults = ({ path }) => (path.endsWith('/search') ? { kind: 'status', status: 400 } : undefined)
    expect(await contacts.byEmail('nobody@example.com')).toBeUndefined()
  })
})

describe('creating a contact that is there already', () => {
  const create = () => contacts.create({ email: 'ada@home.example.com' })

  beforeEach(() => {
    standIn.switches.readsMoreEmails = false
  })

  it('resolves to the one that HubSpot names', async () => {
    const { id } = standIn.contacts.add({ email: 'ada@example.com', hs_additional_emails: 'ada@home.example.com' })
    expect(await create()).toMatchObject({ id })
    expect(calls()).toEqual(['POST'])
  })

  it('resolves to the one that has the address, where HubSpot names none', async () => {
    const { id } = standIn.contacts.add({ email: 'ada@home.example.com' })
    const body = { status: 'error', message: 'It exists', category: 'CONFLICT', correlationId: 'c' }
    standIn.faults = ({ method }) => (method === 'POST' ? { kind: 'status', status: 409, body } : undefined)
    expect(await create()).toMatchObject({ id })
  })
})

describe('a search by phone number', () => {
  it('is one call with at most five filter groups', async () => {
    expect(await contacts.candidatesByPhone(['+61412345678', '0061412345678'])).toEqual([])
    const [call, ...others] = standIn.log.calls.filter(({ path }) => path.endsWith('/search'))
    expect(others).toEqual([])
    expect(JSON.parse(call?.requestBody ?? '')).toMatchObject({
      filterGroups: { length: 5, 0: { filters: [{ operator: 'IN', values: ['+61412345678', '0061412345678'] }] } },
    })
    expect(call?.status).toBe(200)
  })
})
