import { randomUUID } from 'node:crypto'
import type { HubSpotOptions } from '../options'
import type { HubSpotSwitches } from '../switches'

/** HubSpot's access tokens expire after thirty minutes, its codes after a short time. */
export const ACCESS_TOKEN_SECONDS = 1800
const CODE_MS = 60_000

/** What an account has allowed. */
export type Permission = { portalId: number; scopes: string[] }

export type AccessToken = Permission & { token: string; expiresAt: number }
export type Grant = AccessToken & { refreshToken: string }

export type Tokens = {
  issueRefreshToken: (scopes?: string[], portalId?: number) => string
  issueCode: (redirectUri: string, scopes?: string[], portalId?: number) => string
  revokeRefreshToken: (token: string) => void
  /** The app is removed from every account. */
  revokeAll: () => void
  expireAccessTokens: () => void
  refreshes: () => number
  /** The account that an access token was issued for, also when it has expired. */
  portalOf: (accessToken: string) => number | undefined
  accessToken: (token: string) => AccessToken | undefined
  permissionOf: (refreshToken: string) => Permission | undefined
  /** Undefined when the refresh token is invalid or revoked. */
  refresh: (refreshToken: string) => Grant | undefined
  /** Undefined when the code is unknown, used or expired; a code is valid once. */
  exchange: (code: string, redirectUri: string) => Grant | 'wrongRedirect' | undefined
  /** Whether this stand-in has issued it, as a code or as a token of any kind. */
  knows: (codeOrToken: string) => boolean
}

export function createTokens(options: HubSpotOptions, switches: HubSpotSwitches): Tokens {
  const refreshTokens = new Map<string, Permission>()
  const access = createAccessTokens(options.now)
  const codes = createCodes(options.now)
  let refreshes = 0

  const usual = { portalId: options.portalId, scopes: options.requiredScopes }
  const remember = (permission: Permission) => {
    const token = `na1-${randomUUID()}`
    refreshTokens.set(token, permission)
    return token
  }
  const grant = (refreshToken: string, permission: Permission) => ({ ...access.issue(permission), refreshToken })
  return {
    issueRefreshToken: (scopes = usual.scopes, portalId = usual.portalId) => remember({ portalId, scopes }),
    issueCode: (redirectUri, scopes = usual.scopes, portalId = usual.portalId) =>
      codes.issue(redirectUri, { portalId, scopes }),
    revokeRefreshToken: (token) => void refreshTokens.delete(token),
    revokeAll: () => {
      refreshTokens.clear()
      access.revoke()
    },
    expireAccessTokens: access.expire,
    refreshes: () => refreshes,
    portalOf: (accessToken) => access.find(accessToken)?.portalId,
    accessToken: access.find,
    permissionOf: (refreshToken) => refreshTokens.get(refreshToken),
    refresh: (refreshToken) => {
      const permission = refreshTokens.get(refreshToken)
      if (permission === undefined) return undefined
      refreshes += 1
      if (!switches.rotateRefreshTokens) return grant(refreshToken, permission)
      refreshTokens.delete(refreshToken)
      return grant(remember(permission), permission)
    },
    knows: (given) => codes.has(given) || refreshTokens.has(given) || access.find(given) !== undefined,
    exchange: (code, redirectUri) => {
      const found = codes.take(code)
      if (found === undefined) return undefined
      if (found.redirectUri !== redirectUri) return 'wrongRedirect'
      return grant(remember(found.permission), found.permission)
    },
  }
}

function createAccessTokens(now: () => number) {
  const tokens = new Map<string, AccessToken>()
  return {
    issue: (permission: Permission): AccessToken => {
      const token = `CN${randomUUID().replaceAll('-', '')}`
      const access = { ...permission, token, expiresAt: now() + ACCESS_TOKEN_SECONDS * 1000 }
      tokens.set(token, access)
      return access
    },
    find: (token: string) => tokens.get(token),
    expire: () => {
      for (const access of tokens.values()) access.expiresAt = Math.min(access.expiresAt, now() - 1)
    },
    revoke: () => tokens.clear(),
  }
}

function createCodes(now: () => number) {
  const codes = new Map<string, { redirectUri: string; permission: Permission; expiresAt: number }>()
  return {
    issue: (redirectUri: string, permission: Permission) => {
      const code = `na1-${randomUUID()}`
      codes.set(code, { redirectUri, permission, expiresAt: now() + CODE_MS })
      return code
    },
    has: (code: string) => codes.has(code),
    take: (code: string) => {
      const found = codes.get(code)
      codes.delete(code)
      return found !== undefined && found.expiresAt >= now() ? found : undefined
    },
  }
}
