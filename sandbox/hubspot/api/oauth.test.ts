import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../index'
import { call, form, refreshGrant, testClient } from '../testing'

let hubspot: HubSpot
beforeEach(async () => {
  hubspot = await startHubSpot()
})
afterEach(async () => hubspot.close())

const token = '/oauth/v3/token'

describe('tokens', () => {
  it.each([token, '/oauth/2026-09/token'])('are refreshed at %s for half an hour', async (path) => {
    const refreshToken = hubspot.tokens.issueRefreshToken(['oauth'])
    expect(await form(hubspot, path, refreshGrant(hubspot, refreshToken))).toMatchObject({
      status: 200,
      body: {
        token_type: 'bearer',
        refresh_token: refreshToken,
        expires_in: 1800,
        hub_id: hubspot.portalId,
        scopes: ['oauth'],
      },
    })
    expect(hubspot.tokens.refreshes()).toBe(1)
  })

  it('are refused to a revoked token, a wrong client and a wrong secret', async () => {
    const grant = refreshGrant(hubspot, hubspot.tokens.issueRefreshToken())
    const refused = async (changes: Record<string, string>) =>
      (await form(hubspot, token, { ...grant, ...changes })).body
    expect(await refused({ client_id: 'other' })).toMatchObject({ status: 'BAD_CLIENT_ID' })
    expect(await refused({ client_secret: 'other' })).toMatchObject({ status: 'BAD_CLIENT_SECRET' })
    expect(await refused({ grant_type: 'password' })).toMatchObject({ status: 'BAD_GRANT_TYPE' })
    hubspot.tokens.revokeRefreshToken(grant['refresh_token'] ?? '')
    expect(await form(hubspot, token, grant)).toMatchObject({
      status: 400,
      body: {
        error: 'invalid_grant',
        status: 'BAD_REFRESH_TOKEN',
        error_description: 'refresh token is invalid, expired or revoked',
      },
    })
  })

  it('are asked for with a form body, nothing else', async () => {
    const grant = refreshGrant(hubspot, hubspot.tokens.issueRefreshToken())
    expect((await call(`${hubspot.url}${token}`, 'POST', grant)).status).toBe(415)
    const inQuery = await form(hubspot, `${token}?${new URLSearchParams(grant).toString()}`, {})
    expect(inQuery).toMatchObject({ status: 400, body: { status: 'BAD_CLIENT_ID' } })
  })

  it('rotate when switched so, and the old one stops working', async () => {
    hubspot.switches.rotateRefreshTokens = true
    const first = hubspot.tokens.issueRefreshToken()
    const answer = await form(hubspot, token, refreshGrant(hubspot, first))
    expect(answer).toMatchObject({ status: 200, body: { refresh_token: expect.not.stringMatching(first) } })
    expect((await form(hubspot, token, refreshGrant(hubspot, first))).status).toBe(400)
  })

  it('tell about themselves and can be revoked', async () => {
    const { clientId: client_id, clientSecret: client_secret } = hubspot.app
    const client = { client_id, client_secret }
    const { token: access } = await testClient(hubspot, ['oauth'])
    const refresh = hubspot.tokens.issueRefreshToken(['oauth'])
    const ask = (fields: Record<string, string>) => form(hubspot, `${token}/introspect`, { ...client, ...fields })
    expect((await ask({ token: access, token_type_hint: 'access_token' })).body).toMatchObject({
      active: true,
      scopes: ['oauth'],
      token_use: 'access_token',
    })
    expect((await ask({ refresh_token: refresh })).body).toMatchObject({ token_use: 'refresh_token' })
    expect((await form(hubspot, `${token}/revoke`, { ...client, token: refresh })).status).toBe(204)
    expect((await ask({ refresh_token: refresh })).status).toBe(400)
  })
})
