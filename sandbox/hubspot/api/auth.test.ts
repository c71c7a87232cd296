import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../index'
import { ALL_SCOPES, call, capabilities, connectChannel, messageInput, testClient } from '../testing'

let hubspot: HubSpot
beforeEach(async () => {
  hubspot = await startHubSpot()
})
afterEach(async () => hubspot.close())

const channels = '/conversations/v3/custom-channels'
const inboxes = '/conversations/v3/conversations/inboxes'

describe('who may call', () => {
  it('needs the developer key, not a token, for channels', async () => {
    const { api, developer } = await testClient(hubspot)
    expect(await api('GET', channels)).toMatchObject({
      status: 401,
      body: { status: 'error', category: 'INVALID_AUTHENTICATION' },
    })
    expect(await developer('GET', channels)).toMatchObject({ status: 200, body: { total: 0, results: [] } })
  })

  it.each([
    ['hapikey=wrong&appId=1160452', "This hapikey doesn't exist."],
    ['hapikey=0b1f6a52-6f1f-4f7e-9a51-c0ffee000001&appId=999', 'The app 999 does not belong to this hapikey.'],
    ['hapikey=0b1f6a52-6f1f-4f7e-9a51-c0ffee000001', 'The app  does not belong to this hapikey.'],
  ])('refuses %s', async (query, message) => {
    const answer = await call(`${hubspot.url}${channels}?${query}`, 'GET')
    expect(answer).toMatchObject({ status: 401, body: { message, category: 'INVALID_AUTHENTICATION' } })
  })

  it('needs a token, not the developer key, for everything else', async () => {
    const { developer } = await testClient(hubspot)
    expect(await developer('GET', inboxes)).toMatchObject({
      status: 401,
      body: { category: 'INVALID_AUTHENTICATION', message: expect.stringContaining('credentials not found') },
    })
    const unknown = await call(`${hubspot.url}${inboxes}`, 'GET', undefined, { authorization: 'Bearer made-up' })
    expect(unknown).toMatchObject({ status: 401, body: { category: 'INVALID_AUTHENTICATION' } })
  })

  it('refuses tokens older than half an hour, or made old by hand', async () => {
    let now = Date.now()
    const timed = await startHubSpot({ now: () => now })
    const { api } = await testClient(timed)
    now += 29 * 60_000
    expect((await api('GET', inboxes)).status).toBe(200)
    now += 2 * 60_000
    expect(await api('GET', inboxes)).toMatchObject({
      status: 401,
      body: { category: 'EXPIRED_AUTHENTICATION', message: expect.stringContaining('This oauth-token is expired!') },
    })
    await timed.close()

    const client = await testClient(hubspot)
    hubspot.tokens.expireAccessTokens()
    expect((await client.api('GET', inboxes)).body).toMatchObject({ category: 'EXPIRED_AUTHENTICATION' })
  })

  it.each([
    ['GET', inboxes, ['conversations.read']],
    ['PATCH', '/conversations/v3/conversations/threads/1', ['conversations.write']],
    ['PUT', '/conversations/conversations/v3/threads/1/assignee', ['conversations.write']],
    [
      'GET',
      `${channels}/1/channel-accounts`,
      ['conversations.custom_channels.read', 'conversations.custom_channels.write'],
    ],
    ['POST', `${channels}/1/messages`, ['conversations.custom_channels.write']],
    ['GET', `${channels}/1/messages/1`, ['conversations.custom_channels.read']],
    ['GET', '/crm/v3/objects/contacts/1', ['crm.objects.contacts.read']],
    ['POST', '/crm/v3/objects/contacts', ['crm.objects.contacts.write']],
    ['POST', '/files/v3/files', ['files', 'files.write', 'files.ui_hidden.write']],
    ['GET', '/files/v3/files/1/signed-url', ['files', 'files.read', 'files.ui_hidden.read']],
  ])('names the scopes that %s %s lacks', async (method, path, requiredGranularScopes) => {
    const { api } = await testClient(hubspot, ['oauth'])
    expect(await api(method, path)).toMatchObject({
      status: 403,
      body: { category: 'MISSING_SCOPES', errors: [{ context: { requiredGranularScopes } }] },
    })
  })

  it('refuses accounts and messages on a plan without custom channels', async () => {
    const { client, messages, account } = await connectChannel(hubspot)
    hubspot.switches.acceptsCustomChannels = false
    expect(await client.api('POST', messages, messageInput(account))).toMatchObject({
      status: 403,
      body: { category: 'FORBIDDEN' },
    })
  })
})

describe('what a body must be', () => {
  it('is JSON, declared as JSON', async () => {
    const { token, developer } = await testClient(hubspot, ALL_SCOPES)
    const channel = await developer('POST', channels, { name: 'Bot', capabilities })
    expect(channel.status).toBe(201)
    const url = `${hubspot.url}/crm/v3/objects/contacts`
    const send = (body: string, type: string) =>
      fetch(url, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, 'content-type': type } })
    expect((await send('{}', 'text/plain')).status).toBe(415)
    const broken = await send('{', 'application/json')
    expect([broken.status, await broken.json()]).toMatchObject([
      400,
      { message: expect.stringContaining('Invalid input JSON'), category: 'VALIDATION_ERROR' },
    ])
    expect((await send('[]', 'application/json')).status).toBe(400)
  })

  it.each([
    [{ type: 'MESSAGE' }, 'Unrecognized key: "type"'],
    [
      { senders: [{ phoneNumber: '1', deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'a@example.com' } }] },
      'senders.0',
    ],
    [{ recipients: undefined }, 'recipients'],
    [{ timestamp: undefined }, 'timestamp'],
    [{ attachments: undefined }, 'attachments'],
    [{ text: 5 }, 'text'],
    [{ timestamp: 'yesterday' }, 'timestamp'],
    [{ senders: [{ deliveryIdentifier: { type: 'HS_PHONE_NUMBER', value: '0123' } }] }, 'no E.164 phone number'],
    [{ senders: [{ deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'ada' } }] }, 'no e-mail address'],
  ])('is refused with %j', async (changes, reason) => {
    const { client, messages, account } = await connectChannel(hubspot)
    expect(await client.api('POST', messages, messageInput(account, changes))).toMatchObject({
      status: 400,
      body: { category: 'VALIDATION_ERROR', message: expect.stringContaining(reason) },
    })
  })

  it('is taken more leniently when switched so, but never with wrong types', async () => {
    const { client, messages, account } = await connectChannel(hubspot)
    hubspot.switches.lenientFields = true
    const { senders } = messageInput(account)
    const partial = { text: 'Hi', messageDirection: 'INCOMING', channelAccountId: account, senders }
    const sent = await client.api('POST', messages, { ...partial, integrationThreadId: 'a', type: 'MESSAGE' })
    expect(sent.status).toBe(201)
    expect((await client.api('POST', messages, { ...partial, text: 5, type: 'MESSAGE' })).status).toBe(400)
  })
})
