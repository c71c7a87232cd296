import {
  ALL_SCOPES,
  connectChannel,
  form,
  idOf,
  messageInput,
  refreshGrant,
  testClient,
  threadOf,
  type Connected,
  type TestClient,
} from '../../sandbox/hubspot/testing'
import type { HubSpot } from '../../sandbox/hubspot'
import type { Family } from './families'

const missing = '0'.repeat(32)

/** Makes every call that the stand-in supports in one family, including refused ones. */
export async function driveEverything(hubspot: HubSpot, family: Family): Promise<void> {
  const connected = await connectChannel(hubspot)
  await driveTokens(hubspot, family)
  await driveChannels(hubspot, connected, family)
  await driveContacts(await testClient(hubspot, ALL_SCOPES), family)
  await driveTeam(hubspot, await testClient(hubspot, ALL_SCOPES), family)
  await driveTickets(hubspot, connected, family)
  const fileId = await driveFiles(hubspot, connected, family)
  await driveMessages(hubspot, connected, family, fileId)
  await driveThreads(hubspot, connected, family, fileId)
  await driveRefusals(hubspot, connected, family)
}

async function driveTokens(hubspot: HubSpot, { oauth }: Family): Promise<void> {
  const { clientId: client_id, clientSecret: client_secret } = hubspot.app
  const refresh = hubspot.tokens.issueRefreshToken()
  const redirect_uri = 'https://bot.example.com/callback'
  const code = hubspot.tokens.issueCode(redirect_uri)
  const client = { client_id, client_secret }
  await form(hubspot, `${oauth}/token`, refreshGrant(hubspot, refresh))
  await form(hubspot, `${oauth}/token`, { ...client, grant_type: 'authorization_code', code, redirect_uri })
  await form(hubspot, `${oauth}/token`, { ...client, grant_type: 'authorization_code', code, redirect_uri })
  await form(hubspot, `${oauth}/token/introspect`, { ...client, token: refresh, token_type_hint: 'refresh_token' })
  await form(hubspot, `${oauth}/token/introspect`, { ...client, access_token: 'unknown' })
  await form(hubspot, `${oauth}/token/revoke`, { ...client, token: refresh })
}

async function driveChannels(hubspot: HubSpot, { client, channel, account }: Connected, family: Family): Promise<void> {
  const { developer, api } = client
  const accounts = `${family.channels}/${channel}/channel-accounts`
  const inboxId = hubspot.inboxes[1]?.id
  await developer('GET', family.channelList)
  const full = {
    name: 'Second',
    capabilities: { threadingModel: 'DELIVERY_IDENTIFIER' },
    webhookUrl: 'https://bot.example.com/hook',
    channelDescription: 'A bot',
    channelLogoUrl: 'https://bot.example.com/logo.png',
    channelAccountConnectionRedirectUrl: 'https://bot.example.com/connect',
  }
  const second = idOf(await developer('POST', family.channelList, full))
  await developer('POST', family.channelList, { ...full, capabilities: { telepathy: true } })
  await developer('GET', `${family.channels}/${second}`)
  await developer('PATCH', `${family.channels}/${second}`, { webhookUrl: 'https://bot.example.com/' })
  await developer('DELETE', `${family.channels}/${second}`)
  await developer('GET', `${family.channels}/${second}`)
  const identifier = { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: `bot-${inboxId}` }
  const added = { name: 'Desk', authorized: true, inboxId, deliveryIdentifier: identifier }
  await api('POST', accounts, added)
  await api('POST', accounts, added)
  await api('GET', `${accounts}?limit=1&deliveryIdentifierType=${identifier.type}`)
  await api('GET', `${accounts}/${account}`)
  await api('PATCH', `${accounts}/${account}`, { name: 'Bot', authorized: true })
  await api('GET', `${accounts}/1`)
}

async function driveContacts({ api }: TestClient, { contacts }: Family): Promise<void> {
  const properties = { email: 'ada@example.com', firstname: 'Ada', phone: '+14155552671' }
  const id = idOf(await api('POST', contacts, { properties, associations: [] }))
  await api('POST', contacts, { properties, associations: [] })
  await api('POST', contacts, { properties: { shoesize: '44' }, associations: [] })
  await api('GET', `${contacts}/ada@example.com?idProperty=email&properties=email,company`)
  await api('GET', `${contacts}/${id}`)
  await api('GET', `${contacts}/1`)
  await api('PATCH', `${contacts}/${id}`, { properties: { lastname: 'Example' } })
  const filters = [{ propertyName: 'email', operator: 'EQ', value: 'ada@example.com' }]
  const search = { filterGroups: [{ filters }], properties: ['email'], sorts: [], limit: 10, after: '0' }
  await api('POST', `${contacts}/search`, search)
  await api('POST', `${contacts}/search`, { ...search, limit: 999 })
}

async function driveTeam(hubspot: HubSpot, { api }: TestClient, { users, owners }: Family): Promise<void> {
  const [user] = hubspot.users.list()
  await api('GET', `${users}?limit=2&properties=hs_email,hs_working_hours`)
  await api('GET', `${users}?limit=2&after=2`)
  await api('GET', `${users}?limit=101`)
  await api('GET', `${users}/${user?.record.id}`)
  await api('GET', `${users}/1`)
  await api('GET', `${owners}?email=${user?.record.properties['hs_email']}`)
  await api('GET', `${owners}?limit=1`)
  await api('GET', `${owners}/${user?.ownerId}`)
  await api('GET', `${owners}/1`)
  const withoutScopes = await testClient(hubspot)
  await withoutScopes.api('GET', users)
  await withoutScopes.api('GET', owners)
}

async function driveTickets(hubspot: HubSpot, { client, channel }: Connected, family: Family): Promise<void> {
  const { api } = await testClient(hubspot, ALL_SCOPES)
  const account = {
    name: 'Tickets',
    authorized: true,
    inboxId: hubspot.inboxes[1]?.id,
    deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'bot-tickets' },
  }
  const accountId = idOf(await client.api('POST', `${family.channels}/${channel}/channel-accounts`, account))
  const opening = messageInput(accountId, { integrationThreadId: 'with-a-ticket' })
  const thread = threadOf(await api('POST', `${family.channels}/${channel}/messages`, opening))
  await api('GET', `${family.conversations}/threads/${thread}?association=TICKET`)
  const ticket = `${family.tickets}/${hubspot.ticketOf(thread)?.id}`
  await api('PATCH', ticket, { properties: { subject: 'A parcel', hs_ticket_priority: 'HIGH', order_number: '1042' } })
  await api('PATCH', ticket, { properties: { shoesize: '44' } })
  await api('GET', ticket)
  await api('GET', `${family.tickets}/1`)
  await client.api('PATCH', ticket, { properties: { subject: 'A parcel' } })
}

async function driveFiles(hubspot: HubSpot, { client }: Connected, { files }: Family): Promise<string> {
  const body = new FormData()
  body.append('file', new Blob(['hello'], { type: 'text/plain' }), 'hello.txt')
  body.append('folderPath', '/bot')
  body.append('options', JSON.stringify({ access: 'PRIVATE' }))
  const headers = { authorization: `Bearer ${client.token}` }
  await fetch(`${hubspot.url}${files}`, { method: 'POST', body, headers })
  const created: unknown = JSON.parse(hubspot.log.calls.at(-1)?.responseBody ?? '')
  const id = idOf({ status: 201, headers: new Headers(), body: created })
  await client.api('GET', `${files}/${id}`)
  await client.api('GET', `${files}/${id}/signed-url?expirationSeconds=60`)
  await client.api('GET', `${files}/1`)
  return id
}

async function driveMessages(
  hubspot: HubSpot,
  { client: { api }, channel, account }: Connected,
  { channels }: Family,
  fileId: string,
): Promise<void> {
  const messages = `${channels}/${channel}/messages`
  const attachments = [
    { type: 'FILE', fileId, fileUsageType: 'OTHER' },
    { type: 'LOCATION', latitude: 1.5, longitude: 2, name: 'Here' },
    { type: 'CONTACT', contactProfile: { addresses: [], emails: [{ email: 'a@example.com' }], phones: [], urls: [] } },
    { type: 'UNSUPPORTED_CONTENT' },
    { type: 'MESSAGE_HEADER', text: 'Order' },
  ]
  const answer = await api('POST', messages, messageInput(account, { attachments, richText: '<p>Hello</p>' }))
  await api('POST', messages, messageInput(account, { messageDirection: 'OUTGOING', integrationIdempotencyId: 'm1' }))
  await api('POST', messages, messageInput('1'))
  await api('GET', `${messages}/${idOf(answer)}`)
  await api('GET', `${messages}/${missing}`)
  const { id } = hubspot.agent.reply(threadOf(answer), {
    actorId: 'A-3892666',
    text: 'Hi',
    attachments: [{ name: 'plan.png', contentType: 'image/png', content: 'x' }],
  })
  await api('PATCH', `${messages}/${id}`, { statusType: 'FAILED', errorMessage: 'No such number' })
  await api('PATCH', `${messages}/${id}`, { statusType: 'SENT' })
}

async function driveThreads(
  hubspot: HubSpot,
  { client: { api }, channel, account, messages }: Connected,
  { conversations, assignee }: Family,
  fileId: string,
): Promise<void> {
  const thread = threadOf(await api('POST', messages, messageInput(account)))
  const path = `${conversations}/threads/${thread}`
  const assigned = `${assignee.base}/threads/${thread}/assignee`
  await api('GET', `${conversations}/inboxes`)
  await api('GET', `${conversations}/inboxes/${hubspot.inboxes[0]?.id}`)
  await api('GET', `${conversations}/inboxes/1`)
  await api(assignee.method, assigned, { actorId: 'A-3892666' })
  await api('DELETE', assigned)
  await api('POST', `${path}/messages`, { type: 'COMMENT', text: 'So far', attachments: [{ type: 'FILE', fileId }] })
  const recipients = [{ deliveryIdentifiers: [{ type: 'HS_EMAIL_ADDRESS', value: 'ada@example.com' }] }]
  const sender = { channelId: channel, channelAccountId: account, senderActorId: 'A-3892666', recipients }
  await api('POST', `${path}/messages`, { type: 'MESSAGE', text: 'Hi', attachments: [], ...sender })
  await api('PATCH', path, { status: 'CLOSED' })
  await api('GET', path)
  await api('GET', `${path}/messages`)
  const [first] = hubspot.messages(thread)
  await api('GET', `${path}/messages/${first?.id}`)
  await api('GET', `${path}/messages/${first?.id}/original-content`)
  await api('GET', `${conversations}/threads?threadStatus=CLOSED&limit=5`)
  await api('DELETE', path)
  await api('GET', path)
  await api('PATCH', `${path}?archived=true`, { archived: false })
  await api('GET', `${conversations}/actors/A-3892666`)
  await api('GET', `${conversations}/actors/A-1`)
  const inputs = ['A-3892666', `I-${hubspot.app.appId}`, 'S-hubspot', 'L-1', 'B-1']
  await api('POST', `${conversations}/actors/batch/read`, { inputs })
  // Only version 3 describes the response for missing actors.
  if (conversations.includes('/v3/')) await api('POST', `${conversations}/actors/batch/read`, { inputs: ['A-1'] })
}

async function driveRefusals(hubspot: HubSpot, { client }: Connected, family: Family): Promise<void> {
  const inboxes = `${family.conversations}/inboxes`
  await client.api('GET', family.channelList)
  await client.developer('GET', inboxes)
  for (const status of [429, 503]) {
    hubspot.faults = () => ({ kind: 'status', status })
    // Sequential, because each call has its own fault plan.
    // oxlint-disable-next-line no-await-in-loop
    await client.api('GET', inboxes)
  }
  hubspot.faults = undefined
  hubspot.tokens.expireAccessTokens()
  await client.api('GET', inboxes)
}
