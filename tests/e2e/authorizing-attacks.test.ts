import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import { authorize, choose, visit, type Page } from '../support/visitor'

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
  await stack.botpress.register()
})
afterEach(async () => stack.close())

/** A link to HubSpot's consent page as the Authorize button gives it; nobody has followed it yet. */
async function link(of: Stack = stack): Promise<{ address: URL; state: string }> {
  const answer = await fetch(`${of.botpress.webhookUrl}/oauth/start`, { redirect: 'manual' })
  const address = new URL(answer.headers.get('location') ?? '')
  return { address, state: address.searchParams.get('state') ?? '' }
}

const comeBack = (state: string, code = stack.hubspot.tokens.issueCode(stack.botpress.webhookUrl)): Promise<Page> =>
  visit(`${stack.botpress.webhookUrl}?${new URLSearchParams({ code, state }).toString()}`)

const tokenCalls = () => stack.hubspot.log.calls.filter(({ path }) => path.endsWith('/token')).length

describe('a link to HubSpot', () => {
  it('asks for exactly the scopes that the app lists, and leads back to the webhook URL', async () => {
    const { address } = await link()
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: stack.hubspot.app.clientId,
      redirect_uri: stack.botpress.webhookUrl,
      scope:
        'oauth conversations.read conversations.write conversations.custom_channels.read conversations.custom_channels.write crm.objects.contacts.read files.read files.write',
      optional_scope:
        'crm.objects.contacts.write crm.objects.users.read crm.objects.owners.read crm.objects.tickets.read crm.objects.tickets.write',
      state: expect.any(String),
    })
    expect(address.href).not.toContain(stack.hubspot.app.clientSecret)
    expect(address.search).not.toContain('+')
  })

  it('is good for one time', async () => {
    const { state } = await link()
    expect(await comeBack(state)).toMatchObject({ title: 'Where should conversations appear?' })
    const calls = tokenCalls()
    const again = await comeBack(state)
    expect(again.text).toContain('has been used before, or is older than ten minutes. Authorize again:')
    expect(tokenCalls()).toBe(calls)
  })

  it('is used up by a refusal as well', async () => {
    const { state } = await link()
    await visit(`${stack.botpress.webhookUrl}?error=access_denied&state=${state}`)
    expect(await comeBack(state)).toMatchObject({ title: 'Not connected' })
  })

  it('is good for ten minutes', async () => {
    const { state } = await link()
    const { state: other } = await link()
    const inTime = clockAhead(9.9 * 60_000)
    expect(await comeBack(state).finally(inTime)).toMatchObject({ title: 'Where should conversations appear?' })
    const late = clockAhead(10.1 * 60_000)
    expect(await comeBack(other).finally(late)).toMatchObject({ title: 'Not connected' })
  })

  it('is one of many that people may have open at the same time', async () => {
    const [first, second] = [await link(), await link()]
    expect(first.state).not.toBe(second.state)
    expect(await comeBack(second.state)).toMatchObject({ title: 'Where should conversations appear?' })
    expect(await comeBack(first.state)).toMatchObject({ title: 'Where should conversations appear?' })
  })

  it.each<[string, (state: string) => string]>([
    ['empty', () => ''],
    ['cut short', (state) => state.slice(0, -1)],
    ['without its signature', (state) => state.split('.')[0] ?? ''],
    ['with an empty signature', (state) => `${state.split('.')[0]}.`],
    ['with a word more', (state) => `${state}A`],
    ['with another end', (state) => changedBody(state, { until: Date.now() + 86_400_000 })],
    ['with another id', (state) => changedBody(state, { id: 'another' })],
    ['nonsense', () => 'nonsense.nonsense'],
    ['of dots', () => '...'],
    ['of null bytes', () => '\0.\0'],
  ])('%s changes nothing and asks HubSpot nothing', async (_name, forge) => {
    const { state } = await link()
    const calls = tokenCalls()
    expect(await comeBack(forge(state))).toMatchObject({ status: 400, title: 'Not connected' })
    expect(tokenCalls()).toBe(calls)
    expect(stack.botpress.states).toEqual([])
  })

  it('of another installation of the same app is none of this one', async () => {
    const { state } = await link()
    const { app } = stack.hubspot
    await stack.close()
    stack = await startStack({ isConnected: false })
    expect(stack.hubspot.app).toEqual(app)
    expect(await comeBack(state)).toMatchObject({ title: 'Not connected' })
  })

  it('is stored nowhere before somebody comes back with it', async () => {
    for (let visitor = 0; visitor < 5; visitor += 1) await link()
    expect(stack.botpress.states).toEqual([])
    expect(stack.hubspot.log.calls.filter(({ path }) => path.includes('authorize'))).toEqual([])
  })

  it('leaves nothing behind when its ten minutes are over and another one has been used', async () => {
    await comeBack((await link()).state)
    const late = clockAhead(11 * 60_000)
    await comeBack((await link()).state).finally(late)
    const setup = stack.botpress.states.find(({ name }) => name === 'setup')?.payload
    expect(setup?.['usedLinks']).toHaveLength(1)
  })
})

describe("a page's address", () => {
  it.each<[string, (session: string) => string]>([
    ['missing', () => ''],
    ['with another account', (session) => changedBody(session, { portalId: '1' })],
    ['with another inbox', (session) => changedBody(session, { inboxIds: ['481940'] })],
    ['with another end', (session) => changedBody(session, { until: Date.now() + 86_400_000 })],
  ])('%s opens nothing', async (_name, forge) => {
    const { url } = await authorize(stack)
    const session = new URL(url).searchParams.get('session') ?? ''
    for (const page of ['inboxes', 'connect']) {
      const address = `${stack.botpress.webhookUrl}/oauth/${page}?session=${encodeURIComponent(forge(session))}`
      expect(await visit(address)).toMatchObject({ status: 400, title: 'Not connected' })
      const sent = { method: 'POST', body: new URLSearchParams({ inbox: '481939' }) }
      expect((await visit(address, sent)).status).toBeGreaterThanOrEqual(400)
    }
    expect(stack.hubspot.channels()).toEqual([])
  })

  it('is not made of a link to HubSpot, nor the other way round', async () => {
    const { state } = await link()
    const { url } = await authorize(stack)
    const session = new URL(url).searchParams.get('session') ?? ''
    expect(await visit(`${stack.botpress.webhookUrl}/oauth/inboxes?session=${state}`)).toMatchObject({ status: 400 })
    expect(await comeBack(session)).toMatchObject({ title: 'Not connected' })
  })

  it('and the page itself tell no token, no secret and no code', async () => {
    const page = await authorize(stack)
    const done = await choose(page, ['481939'])
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
      for (const value of secret) for (const text of [url, body, decoded]) expect(text).not.toContain(value)
      expect(new URL(url).searchParams.has('code')).toBe(false)
    }
  })
})

describe('the pages', () => {
  it('show names as they are, and nothing of them as HTML', async () => {
    await stack.close()
    const name = `<img src=x onerror=alert(1)> & "friends' inbox`
    stack = await startStack({ isConnected: false, hubspot: { inboxes: [{ id: '1', name, type: 'INBOX' }] } })
    const page = await authorize(stack)
    expect(page.body).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;friends&#39; inbox')
    expect(page.body).not.toContain('<img')
    expect((await choose(page, ['1'])).body).not.toContain('<img')
  })

  it('allow no script, no frame, no foreign form, and are kept by nobody', async () => {
    const pages = [await authorize(stack), await visit(`${stack.botpress.webhookUrl}/oauth/inboxes`)]
    for (const { headers, body } of pages) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      })
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; /)
      for (const rule of ["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
        expect(policy).toContain(rule)
      expect(policy).not.toContain('unsafe')
      expect(body).not.toMatch(/<script|style=|onclick|https:\/\//)
    }
  })

  it('answer whatever somebody sends to them, ask HubSpot nothing and keep nothing', async () => {
    const calls = stack.hubspot.log.calls.length
    const routes = ['', '/oauth/inboxes', '/oauth/connect', '/oauth/start/', '/oauth', '/oauth/inboxes/x']
    const request = fc.record({
      route: fc.constantFrom(...routes),
      method: fc.constantFrom('GET', 'POST', 'PUT', 'HEAD'),
      query: fc.dictionary(
        fc.constantFrom('state', 'code', 'session', 'error', 'inbox'),
        fc.oneof(
          fc.string(),
          fc.base64String().map((text) => `${text}.${text}`),
        ),
      ),
      body: fc.string(),
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ route, method, query, body }) => {
        const address = `${stack.botpress.webhookUrl}${route}?${new URLSearchParams(query).toString()}`
        const hasBody = method === 'POST' || method === 'PUT'
        const answer = await fetch(address, { method, redirect: 'manual', ...(hasBody && { body }) })
        await answer.text()
        expect([303, 400, 401]).toContain(answer.status)
      }),
      { numRuns: 150 },
    )
    expect(stack.hubspot.log.calls).toHaveLength(calls)
    expect(stack.botpress.states).toEqual([])
  })
})

/** Something else in a signed text, under the signature that it had. */
function changedBody(text: string, change: Record<string, unknown>): string {
  const [body = '', mac = ''] = text.split('.')
  const content = z.looseObject({}).parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  const changed = JSON.stringify({ ...content, ...change })
  return `${Buffer.from(changed).toString('base64url')}.${mac}`
}
