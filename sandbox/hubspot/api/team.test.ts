import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../index'
import { ALL_SCOPES, connectChannel, idOf, messageInput, testClient, threadOf, type TestClient } from '../testing'

const GRACE = 'A-3892666'

let hubspot: HubSpot
let client: TestClient
beforeEach(async () => {
  hubspot = await startHubSpot()
  client = await testClient(hubspot, ALL_SCOPES)
})
afterEach(async () => hubspot.close())

describe('users', () => {
  it('come page by page, with the properties that were asked for', async () => {
    const { body } = await client.api('GET', '/crm/v3/objects/users?limit=3&properties=hs_email,hs_shoe_size')
    expect(body).toMatchObject({
      results: [{ properties: { hs_email: 'grace.sample@agents.example.com', hs_shoe_size: null } }, {}, {}],
      paging: { next: { after: '3' } },
    })
    expect((await client.api('GET', '/crm/v3/objects/users?after=3')).body).toMatchObject({ results: [{}] })
    expect((await client.api('GET', '/crm/v3/objects/users?limit=500')).status).toBe(400)
  })

  it('are there or away as the settings say', async () => {
    hubspot.users.change(GRACE, { hs_availability_status: 'away' })
    const { body } = await client.api('GET', '/crm/v3/objects/users?limit=1&properties=hs_availability_status')
    expect(body).toMatchObject({ results: [{ properties: { hs_availability_status: 'away' } }] })
  })

  it.each([
    ['/crm/v3/objects/users', 'crm.objects.users.read'],
    ['/crm/v3/owners', 'crm.objects.owners.read'],
  ])('need a scope: %s', async (path, scope) => {
    const { status, body } = await (await testClient(hubspot)).api('GET', path)
    expect(status).toBe(403)
    expect(JSON.stringify(body)).toContain(scope)
  })
})

describe('owners', () => {
  it('are found by the address of their user, and read by an ID of their own', async () => {
    const grace = hubspot.users.list().find(({ actorId }) => actorId === GRACE)
    const owner = { id: grace?.ownerId, userId: 3892666, email: 'grace.sample@agents.example.com' }
    const found = await client.api('GET', '/crm/v3/owners?email=grace.sample@agents.example.com')
    expect(found.body).toMatchObject({ results: [owner] })
    expect((await client.api('GET', `/crm/v3/owners/${grace?.ownerId}`)).body).toMatchObject(owner)
    expect((await client.api('GET', '/crm/v3/owners/3892666')).status).toBe(404)
  })
})

async function openThreadIn(inboxId: string | undefined): Promise<string> {
  const { channel, messages, client: owner } = await connectChannel(hubspot)
  const added = { name: 'Desk', authorized: true, inboxId, deliveryIdentifier: { type: 'HS_SHORT_CODE', value: '1' } }
  const answer = await owner.api('POST', `/conversations/v3/custom-channels/${channel}/channel-accounts`, added)
  return threadOf(await owner.api('POST', messages, messageInput(idOf(answer))))
}

describe("a thread's ticket", () => {
  const associations = async (thread: string) =>
    (await client.api('GET', `/conversations/v3/conversations/threads/${thread}?association=TICKET`)).body

  it('exists in a help desk, and shows when the switch says', async () => {
    hubspot.switches.ticketAfterMs = 60_000
    const thread = await openThreadIn(hubspot.inboxes[1]?.id)
    const ticket = hubspot.ticketOf(thread)
    expect(ticket?.properties).toMatchObject({ subject: 'Conversation with Ada Example', hs_pipeline_stage: '1' })
    expect(await associations(thread)).toMatchObject({ threadAssociations: {} })
    hubspot.switches.ticketAfterMs = 0
    expect(await associations(thread)).toMatchObject({ threadAssociations: { associatedTicketId: ticket?.id } })
  })

  it('does not exist in an inbox', async () => {
    const thread = await openThreadIn(hubspot.inboxes[0]?.id)
    expect(await associations(thread)).toMatchObject({ threadAssociations: {} })
    expect(hubspot.ticketOf(thread)).toBeUndefined()
  })

  it.each([
    [{ shoe_size: '44' }, 'shoe_size'],
    [{ subject: 'Parcel', hs_ticket_priority: 'high' }, 'hs_ticket_priority'],
    [{ hs_pipeline: '9' }, 'hs_pipeline'],
    [{ hs_pipeline_stage: '77011' }, 'hs_pipeline_stage'],
    [{ hs_object_id: '1' }, 'hs_object_id'],
  ])('takes nothing of %j', async (properties, refused) => {
    const thread = await openThreadIn(hubspot.inboxes[1]?.id)
    const before = hubspot.ticketOf(thread)
    const { status, body } = await client.api('PATCH', `/crm/v3/objects/tickets/${before?.id}`, { properties })
    expect(status).toBe(400)
    expect(body).toMatchObject({ errors: [{ context: { propertyName: [refused] } }] })
    expect(hubspot.ticketOf(thread)).toEqual(before)
  })

  it('takes a stage of the pipeline it moves to, and properties of the account', async () => {
    const thread = await openThreadIn(hubspot.inboxes[1]?.id)
    const properties = { hs_pipeline: '77001', hs_pipeline_stage: '77012', order_number: '1042' }
    const path = `/crm/v3/objects/tickets/${hubspot.ticketOf(thread)?.id}`
    expect((await client.api('PATCH', path, { properties })).status).toBe(200)
    expect(hubspot.ticketOf(thread)?.properties).toMatchObject(properties)
  })
})

describe('assigning a thread', () => {
  it.each([
    ['PUT', GRACE, 200],
    ['PUT', 'grace.sample@agents.example.com', 400],
    ['POST', 'grace.sample@agents.example.com', 200],
    ['PUT', 'A-3892690', 400],
  ])('with %s to %s answers %i', async (method, actorId, status) => {
    const thread = await openThreadIn(hubspot.inboxes[1]?.id)
    const path = `/conversations/conversations/v3/threads/${thread}/assignee`
    expect((await client.api(method, path, { actorId })).status).toBe(status)
  })

  it('is refused when switched so', async () => {
    hubspot.switches.refuseAssignment = true
    const thread = await openThreadIn(hubspot.inboxes[1]?.id)
    const path = `/conversations/conversations/v3/threads/${thread}/assignee`
    expect((await client.api('PUT', path, { actorId: GRACE })).status).toBe(400)
  })
})
