import { randomUUID } from 'node:crypto'
import type { HubSpotOptions } from '../options'
import type { HubSpotSwitches } from '../switches'

/** HubSpot's access tokens live thirty minutes, its codes shortly. */
export const ACCESS_TOKEN_SECONDS = 1800
const CODE_MS = 60_000

export type AccessToken = { token: string; scopes: string[]; expiresAt: number }
export type Grant = AccessToken & { refreshToken: string }

export type Tokens = {
  issueRefreshToken: (scopes?: string[]) => string
  issueCode: (redirectUri: string, scopes?: string[]) => string
  revokeRefreshToken: (token: string) => void
  expireAccessTokens: () => void
  refreshes: () => number
  accessToken: (token: string) => AccessToken | undefined
  scopesOf: (refreshToken: string) => string[] | undefined
  /** Undefined when the refresh token is not, or no longer, good. */
  refresh: (refreshToken: string) => Grant | undefined
  /** Undefined when the code is unknown, used or too old; a code is good for one try. */
  exchange: (code: string, redirectUri: string) => Grant | 'wrongRedirect' | undefined
}

export function createTokens(options: HubSpotOptions, switches: HubSpotSwitches): Tokens {
  const refreshTokens = new Map<string, string[]>()
  const access = createAccessTokens(options.now)
  const codes = createCodes(options.now)
  let refreshes = 0

  const issueRefreshToken = (scopes = options.requiredScopes) => {
    const token = `na1-${randomUUID()}`
    refreshTokens.set(token, scopes)
    return token
  }
  const grant = (refreshToken: string, scopes: string[]) => ({ ...access.issue(scopes), refreshToken })
  return {
    issueRefreshToken,
    issueCode: (redirectUri, scopes = options.requiredScopes) => codes.issue(redirectUri, scopes),
    revokeRefreshToken: (token) => void refreshTokens.delete(token),
    expireAccessTokens: access.expire,
    refreshes: () => refreshes,
    accessToken: access.find,
    scopesOf: (refreshToken) => refreshTokens.get(refreshToken),
    refresh: (refreshToken) => {
      const scopes = refreshTokens.get(refreshToken)
      if (scopes === undefined) return undefined
      refreshes += 1
      if (!switches.rotateRefreshTokens) return grant(refreshToken, scopes)
      refreshTokens.delete(refreshToken)
      return grant(issueRefreshToken(scopes), scopes)
    },
    exchange: (code, redirectUri) => {
      const found = codes.take(code)
      if (found === undefined) return undefined
      if (found.redirectUri !== redirectUri) return 'wrongRedirect'
      return grant(issueRefreshToken(found.scopes), found.scopes)
    },
  }
}

function createAccessTokens(now: () => number) {
  const tokens = new Map<string, AccessToken>()
  return {
    issue: (scopes: string[]): AccessToken => {
      const token = `CN${randomUUID().replaceAll('-', '')}`
      const access = { token, scopes, expiresAt: now() + ACCESS_TOKEN_SECONDS * 1000 }
      tokens.set(token, access)
      return access
    },
    find: (token: string) => tokens.get(token),
    expire: () => {
      for (const access of tokens.values()) access.expiresAt = Math.min(access.expiresAt, now() - 1)
    },
  }
}

function createCodes(now: () => number) {
  const codes = new Map<string, { redirectUri: string; scopes: string[]; expiresAt: number }>()
  return {
    issue: (redirectUri: string, scopes: string[]) => {
      const code = `na1-${randomUUID()}`
      codes.set(code, { redirectUri, scopes, expiresAt: now() + CODE_MS })
      return code
    },
    take: (code: string) => {
      const found = codes.get(code)
      codes.delete(code)
      return found !== undefined && found.expiresAt >= now() ? found : undefined
    },
  }
}
