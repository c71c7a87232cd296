import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../index'
import { connectChannel, messageInput, startReceiver, threadOf, type Connected, type Receiver } from '../testing'

let hubspot: HubSpot
let hook: Receiver
let connected: Connected
let thread: string
beforeEach(async () => {
  hubspot = await startHubSpot()
  hook = await startReceiver()
  connected = await connectChannel(hubspot, hook.url)
  thread = threadOf(await connected.client.api('POST', connected.messages, messageInput(connected.account)))
  await hubspot.webhook.settled()
  hook.received.splice(0)
})
afterEach(async () => {
  await hubspot.close()
  await hook.close()
})

const v3 = '/conversations/v3/conversations'
const dated = '/conversations/conversations/2026-09'
const api = (method: string, path: string, body?: unknown) => connected.client.api(method, path, body)
const results = async (query: string) => (await api('GET', `${v3}/threads?${query}`)).body

describe('threads', () => {
  it.each([v3, dated])('are read and closed at %s', async (base) => {
    expect((await api('GET', `${base}/threads/${thread}`)).body).toMatchObject({ id: thread, status: 'OPEN' })
    const closed = await api('PATCH', `${base}/threads/${thread}`, { status: 'CLOSED' })
    expect(closed.body).toMatchObject({ status: 'CLOSED', closedAt: expect.any(String) })
    expect(await api('GET', `${base}/inboxes`)).toMatchObject({
      body: { total: 2, results: [{ type: 'INBOX' }, { type: 'HELP_DESK' }] },
    })
    const [inbox] = hubspot.inboxes
    expect((await api('GET', `${base}/inboxes/${inbox?.id}`)).body).toEqual(inbox)
    expect((await api('GET', `${base}/inboxes/1`)).status).toBe(404)
  })

  it('change in status only', async () => {
    expect((await api('PATCH', `${v3}/threads/${thread}`, { assignedTo: 'A-1' })).status).toBe(400)
    expect((await api('PATCH', `${v3}/threads/1`, { status: 'OPEN' })).status).toBe(404)
  })

  it('are archived, found only when asked for, and restored', async () => {
    expect((await api('DELETE', `${v3}/threads/${thread}`)).status).toBe(204)
    expect((await api('GET', `${v3}/threads/${thread}`)).status).toBe(404)
    expect((await api('GET', `${v3}/threads/${thread}?archived=true`)).body).toMatchObject({ archived: true })
    await api('PATCH', `${v3}/threads/${thread}?archived=true`, { archived: false })
    expect((await api('GET', `${v3}/threads/${thread}`)).status).toBe(200)
  })

  it('are listed by what is asked', async () => {
    const { inboxId, associatedContactId } = hubspot.thread(thread)
    const one = { results: [{ id: thread }] }
    expect(await results(`inboxId=${inboxId}&threadStatus=OPEN`)).toMatchObject(one)
    expect(await results(`associatedContactId=${associatedContactId}`)).toMatchObject(one)
    expect(await results('threadStatus=CLOSED')).toEqual({ results: [] })
    expect(await results('sort=latestMessageTimestamp')).toMatchObject({ category: 'VALIDATION_ERROR' })
    const recent = 'sort=latestMessageTimestamp&latestMessageTimestampAfter=2026-01-01T00:00:00.000Z'
    expect(await results(recent)).toMatchObject(one)
  })

  it.each([
    ['PUT', '/conversations/conversations/v3', 'A-3892666'],
    ['POST', v3, 'grace.sample@agents.example.com'],
    ['PUT', dated, 'A-3892666'],
  ])('are assigned by %s at %s', async (method, base, actorId) => {
    const assigned = await api(method, `${base}/threads/${thread}/assignee`, { actorId })
    expect(assigned).toMatchObject({ status: 200, body: { assignedTo: 'A-3892666' } })
    expect((await api('DELETE', `${base}/threads/${thread}/assignee`)).status).toBe(204)
    expect(hubspot.thread(thread)).not.toHaveProperty('assignedTo', expect.any(String))
    expect((await api(method, `${base}/threads/${thread}/assignee`, { actorId: 'A-1' })).status).toBe(400)
  })
})

describe('a thread’s messages', () => {
  it('keep notes from the customer', async () => {
    const note = { type: 'COMMENT', text: 'So far: <b>', attachments: [] }
    const posted = await api('POST', `${v3}/threads/${thread}/messages`, note)
    expect(posted).toMatchObject({ status: 201, body: { type: 'COMMENT', text: 'So far: <b>' } })
    await hubspot.webhook.settled()
    expect(hook.received).toEqual([])
    hubspot.switches.refuseComments = true
    expect((await api('POST', `${v3}/threads/${thread}/messages`, note)).status).toBe(400)
  })

  it('go out through the channel when an app writes in an agent’s name', async () => {
    const { originalChannelId: channelId, originalChannelAccountId: channelAccountId } = hubspot.thread(thread)
    const message = {
      type: 'MESSAGE',
      text: 'Hi',
      attachments: [],
      channelId,
      channelAccountId,
      senderActorId: 'A-3892666',
      recipients: [{ deliveryIdentifiers: [{ type: 'HS_EMAIL_ADDRESS', value: 'ada@example.com' }] }],
    }
    expect((await api('POST', `${v3}/threads/${thread}/messages`, message)).status).toBe(201)
    await hubspot.webhook.settled()
    expect(hook.received).toMatchObject([{ body: { message: { client: { clientType: 'INTEGRATION' } } } }])
    const asVisitor = await api('POST', `${v3}/threads/${thread}/messages`, { ...message, senderActorId: 'V-1' })
    expect(asVisitor.status).toBe(400)
  })

  it('are the whole history, either way round', async () => {
    hubspot.agent.assign(thread, 'A-3892666')
    hubspot.agent.close(thread)
    const types = ['MESSAGE', 'ASSIGNMENT', 'THREAD_STATUS_CHANGE']
    expect(hubspot.messages(thread).map(({ type }) => type)).toEqual(types)
    expect((await api('GET', `${v3}/threads/${thread}/messages?limit=1`)).body).toMatchObject({
      results: [{ type: 'MESSAGE' }],
      paging: { next: { after: '1' } },
    })
    expect((await api('GET', `${v3}/threads/${thread}/messages?sort=-createdAt`)).body).toMatchObject({
      results: [{}, {}, { type: 'MESSAGE' }],
    })
    const [first] = hubspot.messages(thread)
    expect((await api('GET', `${v3}/threads/${thread}/messages/${first?.id}`)).body).toEqual(first)
    const original = await api('GET', `${v3}/threads/${thread}/messages/${first?.id}/original-content`)
    expect(original.body).toEqual({ text: 'Hello' })
  })
})

describe('actors', () => {
  it('are read one by one and in batches, the missing ones named', async () => {
    const [agent] = hubspot.agents
    expect((await api('GET', `${v3}/actors/A-3892666`)).body).toEqual({
      id: agent?.actorId,
      type: 'AGENT',
      name: agent?.name,
      email: agent?.email,
      avatar: agent?.avatar,
    })
    expect((await api('GET', `${v3}/actors/A-1`)).status).toBe(404)
    const types = [`I-${hubspot.app.appId}`, 'S-hubspot', 'L-7', 'B-7']
    expect(await api('POST', `${v3}/actors/batch/read`, { inputs: types })).toMatchObject({
      status: 200,
      body: { results: [{ type: 'INTEGRATOR' }, { type: 'SYSTEM' }, { type: 'LLM' }, { type: 'BOT' }] },
    })
    expect(await api('POST', `${v3}/actors/batch/read`, { inputs: ['A-3892666', 'A-1'] })).toMatchObject({
      status: 207,
      body: { numErrors: 1, errors: [{ context: { ids: ['A-1'] } }] },
    })
  })
})
