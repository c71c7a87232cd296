import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import { allCalls, status } from '../support/faults'
import { authorize, callbackUrl, choose, newCode, startUrl, visit, type Page } from '../support/visitor'

const SALES = '481939'
const OTHER_PORTAL = 243842777

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
  await stack.botpress.register()
})
afterEach(async () => stack.close())

const comeBack = (code = newCode(stack)): Promise<Page> => visit(callbackUrl(stack, { code }))

const wizard = (page: string, session: string): string =>
  `${stack.botpress.redirectUrl}/wizard/${page}?${new URLSearchParams({ state: stack.botpress.webhookId, session, inbox: SALES }).toString()}`

const sessionIn = ({ body }: Page): string => /name="session" value="([^"]+)"/.exec(body)?.[1] ?? ''

/** The calls, writes and log lines that one visit causes. */
async function costOf(request: () => Promise<unknown>) {
  const before = snapshot()
  await request()
  const after = snapshot()
  return {
    hubspot: after.hubspot.slice(before.hubspot.length).map(({ method, path }) => `${method} ${path}`),
    botpress: after.botpress.slice(before.botpress.length).map(({ method, path }) => `${method} ${path}`),
    log: after.log.slice(before.log.length),
    isStateUnchanged: JSON.stringify(before.states) === JSON.stringify(after.states),
  }
}

const snapshot = () => ({
  hubspot: [...stack.hubspot.log.calls],
  botpress: [...stack.botpress.log.calls],
  log: [...stack.log],
  states: stack.botpress.states,
})

const NOTHING = { hubspot: [], botpress: [], log: [], isStateUnchanged: true }
const ONE_TOKEN_CALL = ['POST /oauth/v3/token']
const oneRead = () => [`GET /v1/chat/states/integration/${stack.botpress.integrationId}/tokens`]

describe('the link to HubSpot', () => {
  it('asks for exactly the scopes that the app lists, with the redirect URL that all bots share', async () => {
    const answer = await fetch(startUrl(stack), { redirect: 'manual' })
    const address = new URL(answer.headers.get('location') ?? '')
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: stack.hubspot.app.clientId,
      redirect_uri: stack.botpress.redirectUrl,
      scope:
        'oauth conversations.read conversations.write conversations.custom_channels.read conversations.custom_channels.write crm.objects.contacts.read files.read files.write',
      optional_scope:
        'crm.objects.contacts.write crm.objects.users.read crm.objects.owners.read crm.objects.tickets.read crm.objects.tickets.write',
      state: stack.botpress.webhookId,
    })
    expect(address.href).not.toContain(stack.hubspot.app.clientSecret)
    expect(address.search).not.toContain('+')
  })

  it('works for several people, one after the other', async () => {
    expect(await comeBack()).toMatchObject({ title: 'Where should conversations appear?' })
    expect(await comeBack()).toMatchObject({ title: 'Where should conversations appear?' })
  })
})

describe.each([
  ['before the first connection', false],
  ['once it is connected', true],
])("a stranger's request costs almost nothing %s:", (_when, isConnected) => {
  beforeEach(async () => {
    if (isConnected) await choose(await authorize(stack), [SALES])
  })

  it('the Authorize button makes no call, no write and no line in the log', async () => {
    expect(await costOf(() => fetch(startUrl(stack), { redirect: 'manual' }))).toEqual(NOTHING)
    expect(await costOf(() => fetch(`${startUrl(stack)}&scopes=legacy`, { redirect: 'manual' }))).toEqual(NOTHING)
  })

  it('a page without a session makes no call, no write and no line in the log', async () => {
    for (const page of ['inboxes', 'connect']) {
      for (const session of ['', 'made-up', 'made.up', '.']) {
        expect(await costOf(() => visit(wizard(page, session)))).toEqual(NOTHING)
      }
    }
  })

  it('a callback without a code makes no call, no write and no line in the log', async () => {
    expect(await costOf(() => visit(callbackUrl(stack, {})))).toEqual(NOTHING)
    expect(await costOf(() => visit(callbackUrl(stack, { error: 'access_denied' })))).toEqual(NOTHING)
  })

  it('a callback with an invalid code makes one token call', async () => {
    expect(await costOf(() => comeBack('made-up'))).toEqual({ ...NOTHING, hubspot: ONE_TOKEN_CALL })
  })

  it('a POST without a valid signature, to any path, makes no call, no write and no line in the log', async () => {
    const { webhookUrl, redirectUrl, webhookId } = stack.botpress
    const body = JSON.stringify([
      { subscriptionType: 'conversation.deletion', objectId: 5, portalId: 1, occurredAt: 1 },
    ])
    const signatures = [
      {},
      { 'x-hubspot-signature-v3': 'AAAA', 'x-hubspot-request-timestamp': String(Date.now()) },
      { 'x-hubspot-signature': 'abcd', 'x-hubspot-signature-version': 'v1' },
    ]
    const addresses = [
      webhookUrl,
      `${webhookUrl}/oauth`,
      `${redirectUrl}?state=${webhookId}&code=abc`,
      startUrl(stack),
      wizard('inboxes', 'made-up'),
      wizard('connect', 'made-up'),
    ]
    for (const address of addresses) {
      for (const headers of signatures) {
        const post = async () => expect((await fetch(address, { method: 'POST', headers, body })).status).toBe(401)
        expect(await costOf(post)).toEqual(NOTHING)
      }
    }
  })
})

describe("a stranger's request", () => {
  it.each([500, 503, 429, 408, 423])(
    'for the callback with a code makes one token call without a retry while HubSpot answers %i',
    async (code) => {
      stack.hubspot.faults = allCalls({ method: 'POST', path: /\/token$/ }, status(code, { 'retry-after': '0' }))
      const cost = await costOf(async () => expect(await comeBack('made-up')).toMatchObject({ title: 'Not connected' }))
      expect(cost).toEqual({ ...NOTHING, hubspot: ONE_TOKEN_CALL })
    },
  )

  it('for the callback with a code for their own account makes one token call and one read', async () => {
    await choose(await authorize(stack), [SALES])
    const code = newCode(stack, undefined, OTHER_PORTAL)
    const cost = await costOf(async () => expect(await comeBack(code)).toMatchObject({ title: 'Not connected' }))
    expect(cost).toEqual({ ...NOTHING, hubspot: ONE_TOKEN_CALL, botpress: oneRead() })
  })

  it('repeated a thousand times stores nothing that grows', async () => {
    await choose(await authorize(stack), [SALES])
    const before = JSON.stringify(stack.botpress.states)
    for (let round = 0; round < 250; round += 1) {
      await Promise.all([
        fetch(startUrl(stack), { redirect: 'manual' }),
        fetch(wizard('connect', 'made-up')),
        fetch(callbackUrl(stack, { error: 'access_denied' })),
        fetch(stack.botpress.webhookUrl, { method: 'POST', body: '{}' }),
      ])
    }
    expect(JSON.stringify(stack.botpress.states)).toBe(before)
  })
})

describe("a page's session", () => {
  it.each<[string, (session: string) => string]>([
    ['missing', () => ''],
    ['cut short', (session) => session.slice(0, -1)],
    ['without its signature', (session) => session.split('.')[0] ?? ''],
    ['with an empty signature', (session) => `${session.split('.')[0]}.`],
    ['with another account', (session) => changedBody(session, { portalId: String(OTHER_PORTAL) })],
    ['with another expiry', (session) => changedBody(session, { until: Date.now() + 86_400_000 })],
    ['of dots', () => '...'],
    ['of null bytes', () => '\0.\0'],
  ])('%s is refused', async (_name, forge) => {
    const session = sessionIn(await authorize(stack))
    for (const page of ['inboxes', 'connect']) {
      const refused = await visit(wizard(page, forge(session)))
      expect(refused).toMatchObject({ status: 400, title: 'Not connected' })
      expect(refused.text).toContain('Click Authorize again')
    }
    expect(stack.hubspot.channels()).toEqual([])
  })

  it('of another installation of the same app is refused', async () => {
    const session = sessionIn(await authorize(stack))
    const { app } = stack.hubspot
    await stack.close()
    stack = await startStack({ isConnected: false })
    expect(stack.hubspot.app).toEqual(app)
    expect(await visit(wizard('inboxes', session))).toMatchObject({ status: 400 })
  })

  it('expires after thirty minutes', async () => {
    const session = sessionIn(await authorize(stack))
    const inTime = clockAhead(29.9 * 60_000)
    expect(await visit(wizard('inboxes', session)).finally(inTime)).toMatchObject({ status: 200 })
    const late = clockAhead(30.1 * 60_000)
    expect(await visit(wizard('inboxes', session)).finally(late)).toMatchObject({ status: 400 })
  })

  it('contains no token, no secret and no code, and neither does the page', async () => {
    const page = await authorize(stack)
    const done = await choose(page, [SALES])
    const tokens = stack.botpress.states.find(({ name }) => name === 'tokens')?.payload ?? {}
    const secret = [
      tokens['accessToken'],
      tokens['refreshToken'],
      stack.hubspot.app.clientSecret,
      stack.hubspot.app.developerApiKey,
    ].map(String)
    expect(secret).not.toContain('undefined')
    for (const { url, body } of [page, done]) {
      const decoded = Buffer.from(new URL(url).searchParams.get('session')?.split('.')[0] ?? '', 'base64url').toString()
      expect(decoded).toContain('243842089')
      for (const value of secret) for (const text of [url, body, decoded]) expect(text).not.toContain(value)
      expect(new URL(url).searchParams.has('code')).toBe(false)
    }
  })
})

describe('the pages for authorizing', () => {
  it('escape names', async () => {
    await stack.close()
    const name = `<img src=x onerror=alert(1)> & "friends' inbox`
    stack = await startStack({ isConnected: false, hubspot: { inboxes: [{ id: '1', name, type: 'INBOX' }] } })
    const page = await authorize(stack)
    expect(page.body).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;friends&#39; inbox')
    expect(page.body).not.toContain('<img')
    expect((await choose(page, ['1'])).body).not.toContain('<img')
  })

  it('allow no script, no frame, no foreign form and no access from other pages, and are never cached', async () => {
    const app = stack.botpress.configuration
    stack.botpress.configuration = {}
    const yourApp = await authorize(stack)
    stack.botpress.configuration = app
    for (const { headers, body } of [yourApp, await authorize(stack), await visit(wizard('inboxes', ''))]) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-bp-disable-interstitial': 'true',
      })
      const policy = (headers.get('content-security-policy') ?? '').split('; ')
      expect(policy[0]).toBe("default-src 'none'")
      expect(policy[1]).toMatch(/^style-src 'sha256-[\w+/=]+'$/)
      expect(policy).toEqual(
        expect.arrayContaining([
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
          'sandbox allow-forms allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox',
        ]),
      )
      expect(policy.join()).not.toContain('unsafe')
      expect(body).not.toMatch(/<script|style=|onclick|src=/)
      for (const [link] of body.matchAll(/<a\s(?![^>]*download=)[^>]*>/g)) expect(link).toContain('rel="noreferrer"')
    }
  })

  it("use absolute links and disable the gateway's own page", async () => {
    for (const address of [startUrl(stack), callbackUrl(stack, { code: newCode(stack) })]) {
      const { status: code, headers } = await fetch(address, { redirect: 'manual' })
      expect(code).toBe(303)
      expect(headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:/)
      expect(headers.get('x-bp-disable-interstitial')).toBe('true')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  it('answer any request without a call to HubSpot and without storing anything', async () => {
    const calls = stack.hubspot.log.calls.length
    const routes = ['', '/wizard/inboxes', '/wizard/connect', '/wizard/start', '/wizard/start/', '/wizard', '/wizard/x']
    const request = fc.record({
      route: fc.constantFrom(...routes),
      method: fc.constantFrom('GET', 'POST', 'PUT', 'HEAD'),
      query: fc.dictionary(
        fc.constantFrom('session', 'error', 'inbox', 'scopes', 'default'),
        fc.oneof(
          fc.string(),
          fc.base64String().map((text) => `${text}.${text}`),
        ),
      ),
      body: fc.string(),
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ route, method, query, body }) => {
        const all = new URLSearchParams({ ...query, state: stack.botpress.webhookId }).toString()
        const hasBody = method === 'POST' || method === 'PUT'
        const answer = await fetch(`${stack.botpress.redirectUrl}${route}?${all}`, {
          method,
          redirect: 'manual',
          ...(hasBody && { body }),
        })
        await answer.text()
        expect([303, 400, 401]).toContain(answer.status)
      }),
      { numRuns: 150 },
    )
    expect(stack.hubspot.log.calls).toHaveLength(calls)
    expect(stack.botpress.states).toEqual([])
  })
})

describe('a former address of the pages', () => {
  it.each(['/oauth/start', '/oauth/inboxes?session=a.b', '/oauth/connect?session=a.b', '?code=abc&state=a.b'])(
    '%s is refused at no cost',
    async (address) => {
      const get = async () => expect((await fetch(`${stack.botpress.webhookUrl}${address}`)).status).toBe(401)
      expect(await costOf(get)).toEqual(NOTHING)
    },
  )
})

/** Changes the content of a signed text but keeps its signature. */
function changedBody(text: string, change: Record<string, unknown>): string {
  const [body = '', mac = ''] = text.split('.')
  const content = z.looseObject({}).parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  const changed = JSON.stringify({ ...content, ...change })
  return `${Buffer.from(changed).toString('base64url')}.${mac}`
}
