import { createHash } from 'node:crypto'
import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import type { AccessTokens } from '../hubspot/http'
import type { TokenReply } from '../hubspot/oauth'
import type { InstallationKey } from './key'
import { readState, writeState, type StateOwner } from './read-state'
import { repeated } from './repeat'
import { waitUntil } from './wait-until'

export type Tokens = bp.States['tokens']

export const NOT_CONNECTED =
  'This integration is not connected to HubSpot yet. Click Authorize in its configuration and choose where conversations appear.'

/** HubSpot's access tokens expire after 30 minutes. They are refreshed this long before. */
const EARLY_MS = 5 * 60_000

/** The lifetime in HubSpot's own examples, for a response without one. In seconds. */
const USUAL_SECONDS = 1800

/** How long this process trusts its cache. After that it notices a connection that another process has moved. */
const CACHE_MS = 60_000

/** Recent enough that the same operation must have read it. */
const JUST_NOW_MS = 1_000

/** How long to wait for another process to store the tokens it has refreshed. */
const STORED_SOON = { withinMs: 1_700, pauseMs: 200, longestPauseMs: 800 }

export type TokenSource = StateOwner & {
  /** The app's client id. Tokens issued to another app do not count as a connection. */
  clientId: string
  refresh: (refreshToken: string) => Promise<TokenReply>
  /** Adds portal and scopes where HubSpot left them out. */
  identified: (reply: TokenReply) => Promise<TokenReply>
}

/** Refreshed tokens, and the refresh token that the state held when they were requested. */
type Refreshed = { tokens: Tokens; replaces: string | undefined }

/** The connection moved to another account while an operation was running in the previous one. */
export class PortalChanged extends RuntimeError {
  constructor() {
    super('This integration was just connected to another HubSpot account. Try again.')
  }
}

/** Everything this process caches about one installation's tokens. */
type Memory = {
  cached?: { tokens: Tokens | undefined; readAt: number }
  /** Refreshed but not stored yet. Kept until it is, because token rotation may have invalidated the stored one. */
  unsaved?: Refreshed | undefined
  reading?: Promise<Tokens | undefined> | undefined
  refreshing?: Promise<Tokens> | undefined
}

const memories = new Map<InstallationKey, Memory>()

function memoryOf(key: InstallationKey): Memory {
  const memory = memories.get(key) ?? {}
  memories.set(key, memory)
  return memory
}

export type TokenStore = {
  /** The access tokens of one account. Throws `PortalChanged` when another account is connected. */
  of: (portalId: string) => AccessTokens
  /** The HubSpot account that the installation is connected to, at most a minute old; undefined if there is none. */
  portalId: () => Promise<string | undefined>
  /** What the account has granted, at most a minute old; empty where HubSpot does not say. */
  scopes: () => Promise<readonly string[]>
  /** Like `portalId`, but bypasses the cache, because another process may have moved the connection. */
  portalIdNow: () => Promise<string | undefined>
  /** The stored tokens, even if they belong to another app. */
  stored: () => Promise<Tokens | undefined>
  /**
   * Runs at a save. Refreshes with the form's refresh token if it is new, else with the stored one, which HubSpot may
   * have rotated since. `accept` throws to refuse the account of a new token. Resolves to undefined if there is no
   * token, else to the tokens and the account that was connected before.
   */
  connect: (
    configured: string | undefined,
    accept: (portalId: string) => void,
  ) => Promise<{ tokens: Tokens; formerPortalId: string | undefined } | undefined>
  /** Stores the tokens that HubSpot issued to an owner who authorized, whatever refresh token the form holds. */
  adopt: (granted: Granted, configured: string | undefined) => Promise<void>
}

/** Needs no app. */
export async function forgetTokens(owner: StateOwner): Promise<void> {
  memories.delete(owner.key)
  await writeState(owner, 'tokens', undefined)
}

/** A token response that names its account and can be refreshed. */
export type Granted = TokenReply & { refresh_token: string; hub_id: string }

/**
 * The tokens of an installation: from memory, else from the state, else refreshed. Concurrent callers share one
 * refresh. Throws `HubSpotError` of kind `auth` if the owner has to authorize again, and `RuntimeError` if the
 * installation was never connected.
 */
export function createTokenStore(source: TokenSource): TokenStore {
  const { key, clientId } = source
  const memory = memoryOf(key)

  const ofThisApp = (tokens: Tokens | undefined) => (tokens?.clientId === clientId ? tokens : undefined)

  /** Discards a read that is still running: its result is older. */
  const remember = <T extends Tokens | undefined>(tokens: T): T => {
    memory.cached = { tokens, readAt: Date.now() }
    memory.reading = undefined
    return tokens
  }

  const read = (): Promise<Tokens | undefined> => {
    if (memory.reading) return memory.reading
    const reading: Promise<Tokens | undefined> = readState(source, 'tokens')
      .then((stored) => {
        const tokens = ofThisApp(stored)
        return memory.reading === reading ? remember(tokens) : tokens
      })
      .finally(() => {
        if (memory.reading === reading) memory.reading = undefined
      })
    memory.reading = reading
    return reading
  }

  /** The stored tokens, at most `maxAgeMs` old; older ones only if Botpress fails. */
  async function known(maxAgeMs = CACHE_MS): Promise<Tokens | undefined> {
    const { cached } = memory
    if (cached?.tokens && Date.now() - cached.readAt < maxAgeMs) return cached.tokens
    try {
      return await read()
    } catch (thrown) {
      if (cached?.tokens) return cached.tokens
      throw thrown
    }
  }

  async function validTokens(isValid: (tokens: Tokens) => boolean): Promise<Tokens> {
    const tokens = await known()
    if (tokens && isValid(tokens)) return tokens
    memory.refreshing ??= refreshed(isValid).finally(() => (memory.refreshing = undefined))
    return memory.refreshing
  }

  async function accessTokenOf(portalId: string, isValid: (tokens: Tokens) => boolean): Promise<string> {
    const tokens = await validTokens(isValid)
    if (tokens.portalId === portalId) return tokens.accessToken
    // The cache may be older than the caller's knowledge of the account.
    await read()
    const latest = await validTokens(isValid)
    if (latest.portalId === portalId) return latest.accessToken
    throw new PortalChanged()
  }

  async function refreshed(isValid: (tokens: Tokens) => boolean): Promise<Tokens> {
    const stored = memory.unsaved ? await keep(memory.unsaved) : await known(JUST_NOW_MS)
    if (!stored) throw new RuntimeError(NOT_CONNECTED)
    if (isValid(stored)) return stored
    const replaces = stored.refreshToken
    try {
      const reply = await source.refresh(replaces)
      const kept = await keep({ tokens: tokensFrom(reply, stored), replaces })
      if (kept) return kept
      throw new RuntimeError(NOT_CONNECTED)
    } catch (thrown) {
      if (!isHubSpotError(thrown, 'auth')) throw thrown
      // Another process may have refreshed at the same time, and token rotation may have invalidated this refresh
      // token.
      const others = await waitUntil(async () => {
        const latest = await read()
        return latest && latest.refreshToken !== replaces && isValid(latest) ? latest : undefined
      }, STORED_SOON)
      if (others) return others
      throw thrown
    }
  }

  /**
   * Stores tokens after a scheduled refresh. Tokens that another process has stored meanwhile take precedence: the
   * owner may have moved to another account.
   */
  async function keep(fresh: Refreshed): Promise<Tokens | undefined> {
    memory.unsaved = fresh
    const stored = await read()
    if (stored?.refreshToken === fresh.replaces) return write(fresh)
    memory.unsaved = undefined
    return stored
  }

  /** Stores tokens before their first use: losing a refresh token would lock the installation out. */
  async function write(fresh: Refreshed): Promise<Tokens> {
    memory.unsaved = fresh
    await repeated(() => writeState(source, 'tokens', fresh.tokens))
    memory.unsaved = undefined
    return remember(fresh.tokens)
  }

  function tokensFrom(reply: TokenReply, former: Omit<Tokens, 'accessToken' | 'expiresAt' | 'clientId'>): Tokens {
    return {
      accessToken: reply.access_token,
      expiresAt: Date.now() + (reply.expires_in ?? USUAL_SECONDS) * 1000,
      refreshToken: reply.refresh_token ?? former.refreshToken,
      clientId,
      configuredTokenHash: former.configuredTokenHash,
      portalId: reply.hub_id ?? former.portalId,
      scopes: reply.scopes ?? former.scopes,
    }
  }

  return {
    of: (portalId) => ({
      current: () => accessTokenOf(portalId, isFresh),
      renew: (refused) => accessTokenOf(portalId, (tokens) => isFresh(tokens) && tokens.accessToken !== refused),
    }),
    portalId: async () => (await known())?.portalId,
    scopes: async () => (await known())?.scopes ?? [],
    portalIdNow: async () => (await read())?.portalId,
    stored: () => readState(source, 'tokens'),

    connect: async (configured, accept) => {
      const stored = memory.unsaved ? await keep(memory.unsaved) : await read()
      const isStored = stored && (configured === undefined || stored.configuredTokenHash === hashOf(configured))
      const refreshToken = isStored ? stored.refreshToken : configured
      if (refreshToken === undefined) return undefined
      const issued = await source.refresh(refreshToken)
      const reply = isStored ? issued : await source.identified(issued)
      if (!isStored) accept(portalOf(reply))
      const former = { scopes: [], portalId: '', ...(isStored ? stored : {}), refreshToken }
      const tokens = tokensFrom(reply, { ...former, configuredTokenHash: hashOf(configured) })
      await write({ tokens, replaces: stored?.refreshToken })
      return { tokens, formerPortalId: stored?.portalId }
    },

    adopt: async (granted, configured) => {
      const former = { refreshToken: granted.refresh_token, portalId: granted.hub_id, scopes: [] }
      const tokens = tokensFrom(granted, { ...former, configuredTokenHash: hashOf(configured) })
      await repeated(() => writeState(source, 'tokens', tokens))
      memory.unsaved = undefined
      remember(tokens)
    },
  }
}

const isFresh = (tokens: Tokens): boolean => tokens.expiresAt - EARLY_MS > Date.now()

const hashOf = (configured = ''): string => createHash('sha256').update(configured).digest('hex')

/** Refuses a connection to an unknown account, because the next connection could not be compared with it. */
export function portalOf({ hub_id: portalId }: TokenReply): string {
  if (portalId !== undefined) return portalId
  throw new RuntimeError('HubSpot did not say which account this connection belongs to, so it was refused. Try again.')
}
