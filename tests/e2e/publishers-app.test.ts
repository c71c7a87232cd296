import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setEnvironment } from '../../sandbox/assemble'
import type { Stack } from '../../sandbox/stack'
import { startTwo, type TwoInstallations } from '../../sandbox/two-installations'
import { REQUIRED_SCOPES } from '../../src/hubspot/scopes'
import { clockAhead } from '../support/clock'
import { allCalls, CONFIGURE, status, TOKEN } from '../support/faults'
import { asDocumented, documented } from '../support/documented'
import { fillIn } from '../support/fill-in'
import { genuine, post, signedTheOldWay, type Sent } from '../support/forgeries'
import { eventsOf, openSession } from '../support/session'
import { storedTokens } from '../support/tokens'
import { lostInTalks, openSessions } from '../support/two-sessions'
import {
  approval,
  approve,
  authorize,
  callbackUrl,
  choose,
  newCode,
  patiently,
  startUrl,
  visit,
} from '../support/visitor'
import { ALAN, assigned, GRACE } from '../support/webhooks'

let two: TwoInstallations
let open: TwoInstallations | undefined
const begin = async (...how: Parameters<typeof startTwo>) => {
  two = open = await startTwo(...how)
}
afterEach(async () => {
  await open?.close()
  open = undefined
})

const SAVED = { ok: true, status: 200 }
const DEVELOPER = /hapikey/

const accountsOf = ({ hubspot }: Stack) =>
  hubspot
    .channels()
    .flatMap(({ id }) => hubspot.accounts(id).map(({ inboxId, authorized }) => ({ inboxId, authorized })))

const said = new Set<string>()
/** The owner finds the sentence in the manual. */
function expectDocumented(sentence = ''): void {
  said.add(asDocumented(sentence))
  expect(documented("With the publisher's app")).toContain(asDocumented(sentence))
}

/** What a page says beside its heading and its button. */
const sentenceOf = (text: string): string => text.replace(/^.*Not connected /, '').replace(/ Authorize$/, '')

const connect = async (stack: Stack) => patiently(await approve(await authorize(stack)))

describe('two bots of two accounts, without a field of an app filled in,', () => {
  beforeEach(async () => begin("two bots with the publisher's app"))

  it('connect through one channel, each to the inbox of its own account', async () => {
    for (const each of [two.first, two.second]) {
      expect(await each.botpress.register()).toEqual(SAVED)
      expect((await connect(each)).title).toBe('Connected')
      expect(await each.botpress.register()).toEqual(SAVED)
    }
    expect(two.first.hubspot.channels()).toMatchObject([
      { name: 'Botpress', webhookUrl: two.first.botpress.sharedWebhookUrl },
    ])
    expect(accountsOf(two.first)).toEqual([{ inboxId: '481939', authorized: true }])
    expect(accountsOf(two.second)).toEqual([{ inboxId: '730155', authorized: true }])
    for (const { hubspot, botpress } of [two.first, two.second])
      expect(botpress.identifier).toBe(String(hubspot.portalId))
  })

  it('see after a save what is left to do, without a call of HubSpot', async () => {
    expect(await two.first.botpress.register()).toEqual(SAVED)
    expect(two.first.log).toEqual([
      `warn: The configuration is saved. This integration is not connected to HubSpot yet. Click Authorize in its configuration and choose where conversations appear. The button opens ${startUrl(two.first)} – to use a HubSpot app of your own instead, open ${startUrl(two.first)}&app=own`,
    ])
    expect(two.first.hubspot.log.calls).toEqual([])
    expect((await visit(`${startUrl(two.first)}&app=own`)).title).toBe('Your HubSpot app')
  })

  it('registers one channel when both connect at once, or uses the older of two', async () => {
    for (const each of [two.first, two.second]) fillIn(each, { inboxId: undefined })
    const choices = await Promise.all([two.first, two.second].map(connect))
    const titles = await Promise.all(
      choices.map(
        async (choice, index) => (await patiently(await choose(choice, [index === 0 ? '481939' : '730155']))).title,
      ),
    )
    expect(titles).toEqual(['Connected', 'Connected'])
    const [oldest] = two.first.hubspot.channels()
    for (const { botpress } of [two.first, two.second]) {
      const state = botpress.states.find(({ name }) => name === 'channel')
      expect(state?.payload).toMatchObject({ channelId: oldest?.id })
    }
    expect([accountsOf(two.first), accountsOf(two.second)].flat().filter(({ authorized }) => authorized)).toHaveLength(
      2,
    )
  })

  it('uninstalling one disconnects its own inbox and nothing else', async () => {
    for (const each of [two.first, two.second]) await connect(each)
    const sessions = await openSessions(two)
    const before = { channels: two.second.hubspot.channels(), states: two.second.botpress.states }
    expect(await two.first.botpress.unregister()).toEqual(SAVED)
    expect(accountsOf(two.first)).toEqual([{ inboxId: '481939', authorized: false }])
    expect(two.first.botpress.states).toEqual([])
    expect(two.second.hubspot.channels()).toEqual(before.channels)
    expect(two.second.botpress.states).toEqual(before.states)
    expect(accountsOf(two.second)).toEqual([{ inboxId: '730155', authorized: true }])
    expect(await lostInTalks(two, sessions, 'second')).toEqual([])
  })

  it('names the inbox that HubSpot does not disconnect when it is uninstalled', async () => {
    await connect(two.first)
    two.first.hubspot.faults = allCalls({ method: 'PATCH', path: /channel-accounts/ }, status(403))
    expect(await two.first.botpress.unregister()).toEqual(SAVED)
    expect(two.first.log.at(-1)).toBe(
      'warn: HubSpot did not disconnect the inbox "Inbox of the first" (481939). Switch the channel "Botpress" off in HubSpot, in the settings of that inbox.',
    )
  })

  it('needs no developer key if the publisher names the channel', async () => {
    await connect(two.first)
    const [channel] = two.first.hubspot.channels()
    const restore = setEnvironment({
      SECRET_HUBSPOT_DEVELOPER_API_KEY: '',
      SECRET_HUBSPOT_CHANNEL_ID: channel?.id ?? '',
    })
    try {
      two.first.hubspot.log.clear()
      expect((await connect(two.second)).title).toBe('Connected')
      expect(await two.second.botpress.register()).toEqual(SAVED)
      const calls = [two.first, two.second].flatMap(({ hubspot }) => hubspot.log.calls)
      expect(calls.filter(({ query }) => DEVELOPER.test(query))).toEqual([])
      expect(accountsOf(two.second)).toEqual([{ inboxId: '730155', authorized: true }])
    } finally {
      restore()
    }
  })

  it('says what the publisher forgot, before anything is asked of HubSpot', async () => {
    const restore = setEnvironment({ SECRET_HUBSPOT_CLIENT_SECRET: '', SECRET_HUBSPOT_DEVELOPER_API_KEY: '' })
    try {
      const { message } = await two.first.botpress.register()
      expect(message).toContain('HUBSPOT_CLIENT_SECRET, HUBSPOT_CHANNEL_ID')
      expectDocumented(message)
      expect(await visit(startUrl(two.first))).toMatchObject({
        status: 400,
        text: expect.stringContaining(message ?? '-'),
      })
    } finally {
      restore()
    }
  })

  it.each(['', 'the-publishers-key'])('says that the named channel does not exist, with the key "%s"', async (key) => {
    await connect(two.first)
    const restore = setEnvironment({
      SECRET_HUBSPOT_CHANNEL_ID: '1',
      ...(key === '' && { SECRET_HUBSPOT_DEVELOPER_API_KEY: key }),
    })
    try {
      const { message } = await two.first.botpress.register()
      expect(message).toContain('HUBSPOT_CHANNEL_ID')
      expectDocumented(message)
      expect(sentenceOf((await authorize(two.second)).text)).toBe(message)
    } finally {
      restore()
    }
  })

  it('names the publisher, not a save, to a bot whose channel was deleted', async () => {
    await connect(two.first)
    const { app, url } = two.first.hubspot
    const [channel] = two.first.hubspot.channels()
    const restore = setEnvironment({ SECRET_HUBSPOT_CHANNEL_ID: channel?.id ?? '' })
    try {
      const address = `${url}/conversations/v3/custom-channels/${channel?.id}`
      await fetch(`${address}?hapikey=${app.developerApiKey}&appId=${app.appId}`, { method: 'DELETE' })
      expect(two.first.hubspot.channels()).toEqual([])
      const { message } = await two.first.botpress.chat.open({ name: 'Ada' }).escalate({ title: 'A parcel' })
      expect(message).toContain('HUBSPOT_CHANNEL_ID')
      expectDocumented(message)
    } finally {
      restore()
    }
  })

  it('brings the named channel to the target URL even if HubSpot has refused capabilities of it', async () => {
    const refusals = [status(400)]
    two.first.hubspot.faults = ({ method, path }) =>
      method === 'POST' && path.endsWith('/custom-channels') ? refusals.shift() : undefined
    await connect(two.first)
    const [channel] = two.first.hubspot.channels()
    const targetUrl = 'https://webhook.botpress.cloud/integration/global/a-handle/hubspot-hitl'
    const restore = setEnvironment({
      SECRET_HUBSPOT_CHANNEL_ID: channel?.id ?? '',
      SECRET_HUBSPOT_TARGET_URL: targetUrl,
    })
    try {
      expect(refusals).toEqual([])
      expect(await two.first.botpress.register()).toEqual(SAVED)
      expect(two.first.hubspot.channels()).toMatchObject([{ id: channel?.id, webhookUrl: targetUrl }])
    } finally {
      restore()
    }
  })

  it('uses the target URL that the publisher gives', async () => {
    const targetUrl = 'https://webhook.botpress.cloud/integration/global/a-handle/hubspot-hitl'
    const restore = setEnvironment({ SECRET_HUBSPOT_TARGET_URL: targetUrl })
    try {
      await connect(two.first)
      expect(two.first.hubspot.channels()).toMatchObject([{ webhookUrl: targetUrl }])
      expect(await answerTo(two.first, genuine(two.first, [], { url: targetUrl }))).toBe(200)
      expect(await answerTo(two.first, genuine(two.first, [], { url: two.first.botpress.sharedWebhookUrl }))).toBe(401)
    } finally {
      restore()
    }
  })
})

/** What the gateway passes on, wherever HubSpot has sent it. */
const answerTo = async ({ botpress }: Stack, sent: Sent, path = ''): Promise<number> =>
  (await post({ ...sent, url: `${botpress.webhookUrl}${path}` })).status

describe('a webhook at the address that all share', () => {
  beforeEach(async () => {
    await begin("two bots with the publisher's app")
    for (const each of [two.first, two.second]) await connect(each)
  })
  const shared = (content: unknown) => genuine(two.first, content, { url: two.first.botpress.sharedWebhookUrl })

  it.each(['', '/', '/integration/global/hubspot-hitl', '/anything'])(
    'is accepted with its signature if the path arrives as "%s"',
    async (path) => {
      expect(await answerTo(two.first, shared([]), path)).toBe(200)
    },
  )

  it("is accepted with a signature for the installation's own address", async () => {
    expect(await answerTo(two.first, genuine(two.first, []))).toBe(200)
  })

  it.each<[string, (sent: Sent) => Sent]>([
    ['the older signature only', (sent) => signedTheOldWay(sent, two.first.hubspot.app.clientSecret)],
    ['another body', (sent) => ({ ...sent, body: '{}' })],
    ['another method', (sent) => ({ ...sent, method: 'PUT' })],
    ['a signature for another address', () => genuine(two.first, [], { url: 'https://webhook.example.com' })],
    [
      "a signature for the other installation's address",
      () => genuine(two.first, [], { url: two.second.botpress.webhookUrl }),
    ],
  ])('is refused with %s', async (_what, change) => {
    expect(await answerTo(two.first, change(shared([])))).toBe(401)
  })

  it('that names no account is not for this bot', async () => {
    const sessions = await openSessions(two)
    const { portalId: _, ...event } = assigned(two.first, { threadId: sessions.first.threadId })
    expect(await answerTo(two.first, shared([event]))).toBe(200)
    await two.settled()
    expect(eventsOf(two.first, sessions.first.conversationId)).toEqual([])
  })

  it('with events of other accounts is handled in part, and the log says so once', async () => {
    const sessions = await openSessions(two)
    const ours = assigned(two.first, { threadId: sessions.first.threadId })
    const others = [GRACE, ALAN].map((actorId) => assigned(two.second, { threadId: sessions.second.threadId, actorId }))
    expect(await answerTo(two.first, shared([ours, ...others]))).toBe(200)
    await two.settled()
    expect(eventsOf(two.first, sessions.first.conversationId)).toEqual(['hitlAssigned'])
    expect(two.first.log.filter((line) => line.includes('other accounts'))).toEqual([
      'warn: 2 of the events in a batch of HubSpot belong to other accounts, and reach no bot',
    ])
  })
})

describe('an owner who comes back from HubSpot', () => {
  beforeEach(async () => begin("two bots with the publisher's app"))

  /** What is stored, of whatever kind. */
  const stored = ({ botpress, hubspot }: Stack) => ({
    states: botpress.states,
    identifier: botpress.identifier,
    channels: hubspot.channels(),
    writes: botpress.log.calls.filter(({ method }) => method !== 'GET'),
  })
  const NOTHING = { states: [], identifier: undefined, channels: [], writes: [] }

  it('is asked for which bot and which account this is, and until then nothing is stored', async () => {
    const page = await authorize(two.first)
    expect(page).toMatchObject({ status: 200, title: 'Connect this bot?' })
    for (const named of ['bot-of-the-first-owner', '243842089 (portal.example.com)']) expect(page.text).toContain(named)
    expect(stored(two.first)).toEqual(NOTHING)
    expect(page.headers.get('x-bp-integration-identifier')).toBeNull()
    expect(page.headers.get('x-bp-disable-interstitial')).toBe('true')
    expect(page.body).toContain('https://app.botpress.cloud/oauth/interstitial?success=false')
  })

  it('gets a page that holds no token that can be read', async () => {
    const { body } = await authorize(two.first)
    const sealed = /name="session" value="([^"]+)"/.exec(body)?.[1] ?? ''
    for (const text of [body, Buffer.from(sealed, 'base64url').toString('latin1')])
      expect(text).not.toMatch(/na1-|CN[0-9a-f]{32}|refreshToken/)
  })

  it('is connected by one click, which also claims the account', async () => {
    fillIn(two.first, { inboxId: undefined })
    const answer = await fetch(approval(await authorize(two.first)), { redirect: 'manual' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('x-bp-integration-identifier')).toBe('243842089')
    expect(answer.headers.get('location')).toContain('/oauth/wizard/inboxes')
    expect(storedTokens(two.first)).toMatchObject({ portalId: '243842089', clientId: two.first.hubspot.app.clientId })
  })

  it('may click twice', async () => {
    const address = approval(await authorize(two.first))
    expect((await patiently(await visit(address))).title).toBe('Connected')
    expect((await patiently(await visit(address))).title).toBe('Connected')
  })

  it('cannot use the page again once the connection has changed', async () => {
    const former = approval(await authorize(two.first))
    await connect(two.first)
    const before = storedTokens(two.first)
    const { status: refused, text } = await visit(former)
    expect(refused).toBe(400)
    expect(text).toContain('The connection has changed since this page was opened.')
    expectDocumented(sentenceOf(text))
    expect(storedTokens(two.first)).toEqual(before)
  })

  it('has to approve every scope that is required', async () => {
    const scopes = REQUIRED_SCOPES.filter((scope) => !scope.startsWith('files'))
    const { status: refused, text } = await visit(callbackUrl(two.first, { code: newCode(two.first, scopes) }))
    expect(refused).toBe(400)
    expect(text).toContain('HubSpot has not granted the scopes files.read, files.write.')
    expectDocumented(sentenceOf(text))
    expect(stored(two.first)).toEqual(NOTHING)
  })

  it('has half an hour', async () => {
    const address = approval(await authorize(two.first))
    const forward = clockAhead(30 * 60_000)
    try {
      expect(await visit(address)).toMatchObject({
        status: 400,
        text: expect.stringContaining('This page has expired'),
      })
      expect(stored(two.first)).toEqual(NOTHING)
    } finally {
      forward()
    }
  })

  it.each<[string, (address: URL) => void]>([
    ['of another bot', ({ searchParams }) => searchParams.set('state', two.second.botpress.webhookId)],
    ['without its session', ({ searchParams }) => searchParams.delete('session')],
    ['with a changed session', ({ searchParams }) => searchParams.set('session', `${searchParams.get('session')}A`)],
  ])('cannot use an address %s', async (_what, change) => {
    const address = new URL(approval(await authorize(two.first)))
    change(address)
    expect(await visit(address.href)).toMatchObject({ status: 400, title: 'Not connected' })
    for (const each of [two.first, two.second]) expect(stored(each)).toEqual(NOTHING)
  })

  it('is refused another account than the connected one before and after the question', async () => {
    const other = await authorize(two.first)
    fillIn(two.first, { portalId: '376210448' })
    expect(await visit(approval(other))).toMatchObject({ status: 400, title: 'Not connected' })
    const page = await visit(callbackUrl(two.first, { code: newCode(two.first) }))
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining('is 376210448') })
    expect(stored(two.first)).toEqual(NOTHING)
  })

  it('is connected even if Botpress does not take the identifier, and the log says what that may cost', async () => {
    two.first.botpress.faults = allCalls(CONFIGURE, status(500))
    expect((await connect(two.first)).title).toBe('Connected')
    expect(two.first.log).toContain(
      "warn: Botpress did not note that this integration is connected to HubSpot account 243842089. If agents' answers do not arrive, click Authorize again.",
    )
    expect(two.first.botpress.identifier).toBe('243842089')
  })

  it.each(['BAD_CLIENT_ID', 'BAD_CLIENT_SECRET', 'MISMATCH_REDIRECT_URI_AUTH_CODE'])(
    'reads no name of a field that is empty when HubSpot refuses the app: %s',
    async (category) => {
      two.first.hubspot.faults = allCalls(TOKEN, {
        kind: 'status',
        status: 400,
        body: { status: category, message: 'x' },
      })
      const { text } = await authorize(two.first)
      if (category === 'BAD_CLIENT_ID') expectDocumented(sentenceOf(text))
      expect(text).toContain("HubSpot refused the app of this integration's publisher (status 400")
      expect(text).not.toMatch(/Client ID|Client Secret|Developer API Key|App ID/)
    },
  )
})

describe('a second bot for one account', () => {
  beforeEach(async () => {
    await begin('two bots for one account')
    await connect(two.first)
  })

  it('is told what it takes away before it does', async () => {
    const page = await authorize(two.second)
    expect(page).toMatchObject({ title: 'Another bot may use this account' })
    expect(page.text).toContain('the other bot will stop hearing agents')
    expect(two.first.botpress.identifier).toBe('243842089')
    expect(two.second.botpress.states).toEqual([])
  })

  it('hears the agents of the account from then on, and the first one does not', async () => {
    expect((await connect(two.second)).title).toBe('Connected')
    const heardByFirst = two.first.botpress.operations.filter(
      ({ operation }) => operation === 'webhook_received',
    ).length
    expect([two.first.botpress.identifier, two.second.botpress.identifier]).toEqual([undefined, '243842089'])
    const { threadId, conversationId } = await openSession(two.second, 'Bob')
    two.second.hubspot.agent.assign(threadId, GRACE)
    await two.settled()
    expect(eventsOf(two.second, conversationId)).toEqual(['hitlAssigned'])
    expect(two.first.botpress.operations.filter(({ operation }) => operation === 'webhook_received').length).toBe(
      heardByFirst,
    )
  })

  it('is not warned of itself', async () => {
    expect((await authorize(two.first)).title).toBe('Connect this bot?')
    await two.first.botpress.unregister()
    expect((await authorize(two.second)).title).toBe('Connect this bot?')
  })
})

describe("an owner who changes between the publisher's app and one of their own", () => {
  beforeEach(async () => {
    await begin("two bots with the publisher's app")
    await connect(two.first)
  })

  it('is not connected until they authorize the other app, and keeps the account', async () => {
    const own = { ...two.first.hubspot.app, clientId: 'another-app', developerApiKey: 'another-key' }
    fillIn(two.first, own)
    await two.first.botpress.register()
    expect(await two.first.botpress.action('getAvailability', {})).toMatchObject({
      ok: true,
      output: { status: 'unknown' },
    })
    fillIn(two.first, { developerApiKey: '', appId: '', clientId: '', clientSecret: '' })
    expect(await two.first.botpress.register()).toEqual(SAVED)
    expect((await two.first.botpress.action('getAvailability', {})).output).not.toMatchObject({ status: 'unknown' })
  })

  it("cannot delete the channel of all, even with the app's own values", async () => {
    const { channels } = two.first.hubspot
    const before = channels()
    fillIn(two.first, two.first.hubspot.app)
    expect(await two.first.botpress.unregister()).toEqual(SAVED)
    expect(channels()).toEqual(before)
    expect(two.first.log.at(-1)).toContain(`HubSpot did not delete the channel ${before[0]?.id}.`)
  })

  it('cannot bring a refresh token of another app', async () => {
    fillIn(two.first, { refreshToken: two.first.hubspot.tokens.issueRefreshToken() })
    const { ok, message } = await two.first.botpress.register()
    expect(ok).toBe(false)
    expect(message).toContain('"Refresh Token" belongs to a HubSpot app of your own.')
    expectDocumented(message)
  })
})

it('an inbox that is no longer chosen is disconnected, because other bots use the channel too', async () => {
  const inboxes = ['1', '2'].map((id) => ({ id, name: `Inbox ${id}`, type: 'INBOX' as const }))
  await begin('two bots for one account', { inboxes })
  fillIn(two.first, { inboxId: undefined })
  await patiently(await choose(await connect(two.first), ['1']))
  await patiently(await choose(await connect(two.first), ['2']))
  expect(accountsOf(two.first)).toEqual([
    { inboxId: '1', authorized: false },
    { inboxId: '2', authorized: true },
  ])
  await patiently(await choose(await connect(two.first), ['1', '2']))
  expect(accountsOf(two.first).map(({ authorized }) => authorized)).toEqual([true, true])
})

it("docs/wrong-settings.md lists no other messages of the publisher's app", () => {
  expect([...said].sort()).toEqual(documented("With the publisher's app").sort())
})
