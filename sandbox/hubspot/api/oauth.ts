import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { ACCESS_TOKEN_SECONDS, type AccessToken, type Grant } from '../state/tokens'
import type { World } from '../state/world'
import { readForm } from './body'

const client = { client_id: z.string().optional(), client_secret: z.string().optional() }

const tokenSchema = z.strictObject({
  ...client,
  grant_type: z.string().optional(),
  code: z.string().optional(),
  redirect_uri: z.string().optional(),
  refresh_token: z.string().optional(),
  code_verifier: z.string().optional(),
  scope: z.string().optional(),
})

const tokenQuestion = z.strictObject({
  ...client,
  token: z.string().optional(),
  token_type_hint: z.string().optional(),
})

/** The guide names the token by its kind, the description calls it `token`. */
const introspectSchema = tokenQuestion.extend({
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
})

export function oauth(world: World): Hono {
  return new Hono()
    .post('/token', async (c) => {
      const input = await readForm(c, tokenSchema)
      const refused = wrongClient(world, c, input)
      if (refused) return refused
      const grant = grantFor(world, input)
      return 'refusal' in grant ? refuse(c, ...grant.refusal) : c.json(tokenAnswer(grant))
    })
    .post('/token/introspect', async (c) => {
      const input = await readForm(c, introspectSchema)
      const refused = wrongClient(world, c, input)
      if (refused) return refused
      const known = describe(world, input.token ?? input.access_token ?? input.refresh_token ?? '')
      return known ? c.json(known) : refuse(c, 'invalid_request', 'BAD_TOKEN', 'token is invalid, expired or revoked')
    })
    .post('/token/revoke', async (c) => {
      const input = await readForm(c, tokenQuestion)
      const refused = wrongClient(world, c, input)
      if (refused) return refused
      world.tokens.revokeRefreshToken(input.token ?? '')
      return c.body(null, 204)
    })
}

type Refusal = [error: string, status: string, description: string]

function grantFor(world: World, input: z.infer<typeof tokenSchema>): Grant | { refusal: Refusal } {
  if (input.grant_type === 'refresh_token') {
    const grant = world.tokens.refresh(input.refresh_token ?? '')
    return grant ?? { refusal: ['invalid_grant', 'BAD_REFRESH_TOKEN', 'refresh token is invalid, expired or revoked'] }
  }
  if (input.grant_type !== 'authorization_code') {
    return { refusal: ['unsupported_grant_type', 'BAD_GRANT_TYPE', 'missing or unknown grant type'] }
  }
  const grant = world.tokens.exchange(input.code ?? '', input.redirect_uri ?? '')
  if (grant === 'wrongRedirect') {
    return { refusal: ['invalid_grant', 'BAD_REDIRECT_URI', 'redirect URI does not match the one of the code'] }
  }
  return grant ?? { refusal: ['invalid_grant', 'BAD_AUTH_CODE', 'missing or unknown auth code'] }
}

function tokenAnswer({ token, refreshToken, portalId, scopes }: Grant) {
  return {
    token_type: 'bearer',
    token_use: 'access_token',
    access_token: token,
    refresh_token: refreshToken,
    expires_in: ACCESS_TOKEN_SECONDS,
    hub_id: portalId,
    user_id: INSTALLING_USER,
    scopes,
  }
}

const INSTALLING_USER = 3892600

function wrongClient(
  world: World,
  c: Context,
  given: { client_id?: string | undefined; client_secret?: string | undefined },
) {
  const { clientId, clientSecret } = world.options.app
  if (given.client_id !== clientId) return refuse(c, 'invalid_client', 'BAD_CLIENT_ID', 'missing or unknown client id')
  if (given.client_secret === clientSecret) return undefined
  return refuse(c, 'invalid_client', 'BAD_CLIENT_SECRET', 'missing or invalid client secret')
}

/** OAuth's refusals have a shape of their own, with the reason where other answers say "error". */
function refuse(c: Context, ...[error, status, description]: Refusal) {
  return c.json({ error, error_description: description, status, message: description }, 400)
}

function describe(world: World, token: string) {
  const { app } = world.options
  const common = {
    active: true,
    token,
    client_id: app.clientId,
    app_id: Number(app.appId),
    user_id: INSTALLING_USER,
    user: 'admin@example.com',
    hub_domain: 'portal.example.com',
    token_type: 'Bearer',
  }
  const access = world.tokens.accessToken(token)
  const seconds = access === undefined ? 0 : Math.floor((access.expiresAt - world.options.now()) / 1000)
  if (access !== undefined && seconds > 0) {
    const { portalId, scopes } = access
    const signed = signedAccessToken(world, access)
    return {
      ...common,
      hub_id: portalId,
      token_use: 'access_token',
      expires_in: seconds,
      scopes,
      is_private_distribution: true,
      signed_access_token: signed,
    }
  }
  const allowed = world.tokens.permissionOf(token)
  return allowed && { ...common, hub_id: allowed.portalId, token_use: 'refresh_token', scopes: allowed.scopes }
}

function signedAccessToken({ options: { app } }: World, { portalId, scopes, expiresAt }: AccessToken) {
  return {
    appId: Number(app.appId),
    appInstallId: '77001',
    audience: 'hubapi',
    expiresAt,
    hubId: portalId,
    hublet: 'na1',
    installingUserId: INSTALLING_USER,
    isPrivateDistribution: true,
    isServiceAccount: false,
    isUserLevel: false,
    newSignature: 'invented',
    scopeToScopeGroupPks: '',
    scopes: scopes.join(','),
    signature: 'invented',
    trialScopeToScopeGroupPks: '',
    trialScopes: '',
    userId: INSTALLING_USER,
  }
}
