import { RuntimeError } from '@botpress/sdk'
import { isHubSpotError } from '../hubspot/errors'
import type { AccessTokens } from '../hubspot/http'
import type { OAuth } from '../hubspot/oauth'
import { assertNotLate, inTurn, repeated, waitUntil } from './async'
import { hashOf, isFresh, portalOf, tokensFrom, type Granted, type Tokens } from './issued-tokens'
import { readState, writeState, type InstallationKey, type StateOwner } from './states'

export const NOT_CONNECTED =
  'This integration is not connected to HubSpot yet. Click Authorize in its configuration and choose where conversations appear.'

/** After this, the process notices a connection that another process has moved. */
const CACHE_MS = 60_000

/** Recent enough that the same operation must have read it. */
const JUST_NOW_MS = 1_000

/** How long to wait for another process to store the tokens it has refreshed. */
const STORED_SOON = { withinMs: 1_700, pauseMs: 200, longestPauseMs: 800 }

/** Tokens issued to another app than the one with this client id do not count as a connection. */
type TokenSource = StateOwner & Pick<OAuth, 'refresh' | 'identified'> & { clientId: string }

/** The connection moved to another account while an operation was running in the previous one. */
export class PortalChanged extends RuntimeError {
  constructor() {
    super('This integration was just connected to another HubSpot account. Try again.')
  }
}

/** Refreshed tokens, and the refresh token that the state held when they were requested. */
type Refreshed = { tokens: Tokens; replaces: string | undefined }
type Read = Promise<Tokens | undefined>

/** Everything this process knows of one installation's tokens. */
type Memory = {
  /** The last read, which may still be running, or write. If Botpress fails, it yields what was known before. */
  cached?: { tokens: Read; readAt: number } | undefined
  /** Refreshed but not stored yet. Kept until it is, because token rotation may have invalidated the stored one. */
  unsaved?: Refreshed | undefined
  /** The refresh that concurrent callers share. */
  running?: Promise<Tokens> | undefined
}

const memories = new Map<InstallationKey, Memory>()

/** Needs no app. */
export async function forgetTokens(owner: StateOwner): Promise<void> {
  memories.delete(owner.key)
  await writeState(owner, 'tokens', undefined)
}

export type TokenStore = ReturnType<typeof createTokenStore>

/**
 * The tokens of an installation: from memory, else from the state, else refreshed. Throws `HubSpotError` of kind `auth`
 * if the owner has to authorize again, and `RuntimeError` if the installation was never connected.
 */
export function createTokenStore(source: TokenSource) {
  const { key, clientId } = source
  const memory = memories.get(key) ?? {}
  memories.set(key, memory)

  function remember(tokens: Read): void {
    const cached = { tokens, readAt: Date.now() }
    memory.cached = cached
    const forget = () => {
      if (memory.cached === cached) memory.cached = undefined
    }
    tokens.then((found) => found ?? forget(), forget)
  }

  /** Rejects if Botpress fails. */
  function read(): Read {
    const former = memory.cached
    const stored = readState(source, 'tokens').then((tokens) => (tokens?.clientId === clientId ? tokens : undefined))
    remember(former ? stored.catch(() => former.tokens) : stored)
    return stored
  }

  /** The stored tokens, at most `maxAgeMs` old; older ones only if Botpress fails. */
  async function known(maxAgeMs = CACHE_MS): Read {
    const { cached } = memory
    if (cached && Date.now() - cached.readAt < maxAgeMs) return cached.tokens
    return read().catch((thrown: unknown) => cached?.tokens ?? Promise.reject(thrown))
  }

  async function validTokens(isValid: (tokens: Tokens) => boolean): Promise<Tokens> {
    const tokens = await known()
    if (tokens && isValid(tokens)) return tokens
    memory.running ??= oneByOne(() => refreshed(isValid)).finally(() => (memory.running = undefined))
    return memory.running
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

  /** With token rotation, the second of two refreshes at once would be refused. */
  const oneByOne = <T>(refresh: () => Promise<T>): Promise<T> => inTurn(`${key} tokens`, refresh)

  async function refreshed(isValid: (tokens: Tokens) => boolean): Promise<Tokens> {
    const stored = memory.unsaved ? await keep(memory.unsaved) : await known(JUST_NOW_MS)
    if (!stored) throw new RuntimeError(NOT_CONNECTED)
    if (isValid(stored)) return stored
    const replaces = stored.refreshToken
    try {
      const kept = await keep({ tokens: tokensFrom(await source.refresh(replaces), stored), replaces })
      if (kept) return kept
      throw new RuntimeError(NOT_CONNECTED)
    } catch (thrown) {
      if (!isHubSpotError(thrown, 'auth')) throw thrown
      // Another process may have refreshed at the same time and, with token rotation, invalidated this refresh token.
      const isOther = (tokens: Tokens) => tokens.refreshToken !== replaces && isValid(tokens)
      const others = await waitUntil(
        async () => [await read()].find((latest) => latest && isOther(latest)),
        STORED_SOON,
      )
      if (others) return others
      throw thrown
    }
  }

  /** Stores refreshed tokens, unless another process has stored others meanwhile: the owner may have moved. */
  async function keep(fresh: Refreshed): Read {
    memory.unsaved = fresh
    const stored = await read()
    if (stored?.refreshToken === fresh.replaces) return write(fresh)
    memory.unsaved = undefined
    return stored
  }

  /** Stores tokens before their first use: losing a refresh token would lock the installation out. */
  async function write(fresh: Refreshed): Promise<Tokens> {
    memory.unsaved = fresh
    return store(fresh.tokens)
  }

  async function store(tokens: Tokens): Promise<Tokens> {
    await repeated(() => writeState(source, 'tokens', tokens))
    memory.unsaved = undefined
    remember(Promise.resolve(tokens))
    return tokens
  }

  return {
    /** One account's access tokens: throw `PortalChanged` once another one is connected, `TooLate` after the signal. */
    of: (portalId: string, late?: AbortSignal): AccessTokens => {
      const get = async (isValid: (tokens: Tokens) => boolean) => {
        assertNotLate(late)
        return accessTokenOf(portalId, isValid)
      }
      return {
        current: () => get(isFresh),
        renew: (refused) => get((tokens) => isFresh(tokens) && tokens.accessToken !== refused),
      }
    },

    /** The HubSpot account that the installation is connected to, at most a minute old; undefined if there is none. */
    portalId: async () => (await known())?.portalId,
    /** What the account has granted, at most a minute old; empty where HubSpot does not say. */
    scopes: async () => (await known())?.scopes ?? [],
    /** Like `portalId`, but bypasses the cache, because another process may have moved the connection. */
    portalIdNow: async () => (await read())?.portalId,
    /** The stored tokens, even if they belong to another app. */
    stored: () => readState(source, 'tokens'),

    /**
     * Runs at a save. Refreshes with the form's refresh token if it is new, else with the stored one, which HubSpot may
     * have rotated since. `accept` throws to refuse the account of a new token. Resolves to undefined if there is no
     * token, else to the tokens and the account that was connected before.
     */
    connect: (configured: string | undefined, accept: (portalId: string) => void) =>
      oneByOne(async () => {
        const stored = memory.unsaved ? await keep(memory.unsaved) : await read()
        const isStored = stored && (configured === undefined || stored.configuredTokenHash === hashOf(configured))
        const refreshToken = isStored ? stored.refreshToken : configured
        if (refreshToken === undefined) return undefined
        const issued = await source.refresh(refreshToken)
        const reply = isStored ? issued : await source.identified(issued)
        if (!isStored) accept(portalOf(reply))
        const former = { scopes: [], portalId: '', ...(isStored ? stored : {}), refreshToken, clientId }
        const tokens = tokensFrom(reply, { ...former, configuredTokenHash: hashOf(configured) })
        await write({ tokens, replaces: stored?.refreshToken })
        return { tokens, formerPortalId: stored?.portalId }
      }),

    /** The tokens that HubSpot issued to an owner who authorized, whatever refresh token the form holds. */
    issued: (granted: Granted, configured: string | undefined): Tokens => {
      const former = { refreshToken: granted.refresh_token, portalId: granted.hub_id, scopes: [], clientId }
      return tokensFrom(granted, { ...former, configuredTokenHash: hashOf(configured) })
    },

    /** Stores issued tokens in place of what was connected before. */
    adopt: (tokens: Tokens): Promise<Tokens> => oneByOne(() => store(tokens)),
  }
}
