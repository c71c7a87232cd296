import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startHubSpot, type HubSpot } from '../index'
import type { HubSpotOptions } from '../options'
import { accountInput, call, capabilities, form, idOf, testClient } from '../testing'

const redirectUri = 'https://bot.example.com/callback'
const [required, optional] = [['oauth', 'conversations.read'], ['crm.objects.contacts.write']]

let hubspot: HubSpot
afterEach(async () => hubspot.close())

async function start(options: Partial<HubSpotOptions> = {}): Promise<void> {
  const app = { requiredScopes: required, optionalScopes: optional, redirectUrls: [redirectUri] }
  hubspot = await startHubSpot({ ...app, ...options })
}

const authorizeUrl = (changes: Record<string, string> = {}, path = '/oauth/authorize'): string => {
  const link = { client_id: hubspot.app.clientId, redirect_uri: redirectUri, scope: required.join(' '), state: 's 1&' }
  return `${hubspot.url}${path}?${new URLSearchParams({ ...link, ...changes }).toString()}`
}

const open = (...link: Parameters<typeof authorizeUrl>) => fetch(authorizeUrl(...link), { redirect: 'manual' })

const answer = (said: 'grant' | 'deny', url: string, headers: Record<string, string> = { origin: hubspot.url }) =>
  fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ answer: said }) })

const backOf = ({ headers }: Response) => new URL(headers.get('location') ?? '')

async function exchange(back: URL, redirect = redirectUri) {
  const { clientId: client_id, clientSecret: client_secret } = hubspot.app
  const code = back.searchParams.get('code') ?? ''
  const grant = { client_id, client_secret, grant_type: 'authorization_code', code, redirect_uri: redirect }
  return form(hubspot, '/oauth/v3/token', grant)
}

describe('the consent page', () => {
  it('sends back a code that is good once, for the same redirect URI, and the state as it was', async () => {
    await start()
    const back = backOf(await open())
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([redirectUri, 's 1&'])
    expect(await exchange(back)).toMatchObject({ status: 200, body: { scopes: required, hub_id: hubspot.portalId } })
    expect((await exchange(back)).body).toMatchObject({ status: 'BAD_AUTH_CODE' })
    const moved = await exchange(backOf(await open()), 'https://elsewhere.example.com')
    expect(moved.body).toMatchObject({ status: 'BAD_REDIRECT_URI' })
  })

  it.each([
    ['an app that it does not know', { client_id: 'other' }, 'no app with the client ID'],
    ['a redirect URL that is not registered', { redirect_uri: `${redirectUri}/` }, 'redirect URL'],
    ['a scope too few', { scope: 'oauth' }, 'scopes in this link do not match'],
    ['a scope too many', { scope: `${required.join(' ')} files` }, 'scopes in this link do not match'],
    ['an optional scope among the others', { scope: [...required, ...optional].join(' ') }, 'do not match'],
    ['a scope that is not optional', { optional_scope: 'tickets' }, 'scopes in this link do not match'],
  ])('refuses %s, on a page of its own', async (_, changes, sentence) => {
    await start()
    for (const refused of [await open(changes), await answer('grant', authorizeUrl(changes))]) {
      expect([refused.status, refused.headers.get('location')]).toEqual([400, null])
      const page = await refused.text()
      expect(page).toContain(sentence)
      // As HubSpot, which leaves the developer to find out.
      expect(page).not.toMatch(/files|tickets|conversations\.read/)
    }
  })

  it('refuses an account that the person does not have', async () => {
    await start()
    const refused = await open({}, '/oauth/1/authorize')
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('no access to the account')])
  })

  it('sends back an error when the person says no', async () => {
    await start({ switches: { consent: 'deny' } })
    const { searchParams } = backOf(await open())
    expect([...searchParams.keys()]).toEqual(['error', 'error_description', 'state'])
    expect(searchParams.get('error')).toBe('access_denied')
  })

  it.each([
    [true, [...required, ...optional]],
    [false, required],
  ])('grants optional scopes to an account that has them: %s', async (grantsOptionalScopes, scopes) => {
    await start({ switches: { grantsOptionalScopes } })
    const back = backOf(await open({ optional_scope: optional.join(' ') }))
    expect((await exchange(back)).body).toMatchObject({ scopes })
  })
})

describe('the consent page, for a person to read', () => {
  it('lets one choose an account, and tells what the app wants there', async () => {
    await start({ switches: { consent: 'ask' } })
    const choice = await (await open()).text()
    expect(choice).toContain(`/oauth/${hubspot.portalId}/authorize?client_id=`)
    const page = await (
      await open({ optional_scope: optional.join(' ') }, `/oauth/${hubspot.portalId}/authorize`)
    ).text()
    for (const text of ['Example Company', 'Read conversations', 'Create and change contacts', 'Connect app', 'Deny']) {
      expect(page).toContain(text)
    }
  })

  it('asks again for the account when someone agrees without one', async () => {
    await start({ switches: { consent: 'ask' } })
    const again = await answer('grant', authorizeUrl())
    expect([again.status, await again.text()]).toEqual([200, expect.stringContaining('Choose an account')])
  })

  it('goes on with what was said, in the account that was chosen', async () => {
    await start({ switches: { consent: 'ask' } })
    const url = authorizeUrl({}, '/oauth/243842777/authorize')
    expect((await exchange(backOf(await answer('grant', url)))).body).toMatchObject({ hub_id: 243842777 })
    expect(backOf(await answer('deny', url)).searchParams.get('error')).toBe('access_denied')
  })

  it('takes no answer from another site', async () => {
    await start({ switches: { consent: 'ask' } })
    const url = authorizeUrl({}, `/oauth/${hubspot.portalId}/authorize`)
    for (const headers of [{ origin: 'https://evil.example.com' }, {}]) {
      expect((await answer('grant', url, headers)).status).toBe(403)
    }
  })

  it('runs no script and escapes what the link contains', async () => {
    await start({ switches: { consent: 'ask' }, otherPortals: [], portalName: '<script>alert(1)</script>' })
    const page = await open({ state: '"><script>alert(2)</script>' })
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; form-action 'self' https:\/\/bot\.example\.com;/,
    )
    expect(await page.text()).not.toContain('<script')
  })
})

describe('another account', () => {
  it('has inboxes of its own, and connects no others', async () => {
    hubspot = await startHubSpot()
    const code = hubspot.tokens.issueCode(redirectUri, undefined, 243842777)
    const { access_token: token } = z
      .object({ access_token: z.string() })
      .parse((await exchange(new URL(`${redirectUri}?code=${code}`))).body)
    const ask = (method: string, path: string, body?: unknown) =>
      call(`${hubspot.url}${path}`, method, body, { authorization: `Bearer ${token}` })
    const { developer, api } = await testClient(hubspot)
    const channels = '/conversations/v3/custom-channels'
    const accounts = `${channels}/${idOf(await developer('POST', channels, { name: 'Bot', capabilities }))}/channel-accounts`

    const inboxes = await ask('GET', '/conversations/v3/conversations/inboxes')
    expect(inboxes.body).toMatchObject({ total: 1, results: [{ id: '592051', name: 'Store inbox' }] })
    expect(await ask('POST', accounts, accountInput(hubspot))).toMatchObject({ status: 400 })
    expect(await api('POST', accounts, accountInput(hubspot))).toMatchObject({ status: 201 })
    expect((await ask('GET', accounts)).body).toMatchObject({ total: 0 })
  })
})
