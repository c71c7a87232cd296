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

/** HubSpot's access tokens expire after 30 minutes; one is replaced this long before. */
const EARLY_MS = 5 * 60_000

/** What HubSpot's own examples say, for an answer that does not. In seconds. */
const USUAL_SECONDS = 1800

/** How long this process trusts what it has read: a connection that another process has moved shows after that. */
const CACHE_MS = 60_000

/** What this operation itself has read a moment ago need not be read again. */
const JUST_NOW_MS = 1_000

/** How long to wait for another process to store the tokens that it has refreshed. */
const STORED_SOON = { withinMs: 1_700, pauseMs: 200, longestPauseMs: 800 }

export type TokenSource = StateOwner & {
  key: InstallationKey
  /** The app's: tokens that were issued to another app are none of this connection's. */
  clientId: string
  refresh: (refreshToken: string) => Promise<TokenReply>
  /** Adds portal and scopes where HubSpot left them out. */
  identified: (reply: TokenReply) => Promise<TokenReply>
}

/** Refreshed tokens, and the refresh token that the state held before. */
type Refreshed = { tokens: Tokens; replaces: string | undefined }

/** The connection has moved to another account while something was under way in the former one. */
export class PortalChanged extends RuntimeError {
  constructor() {
    super('This integration has moved to another HubSpot account in the meantime. Try again.')
  }
}

/** All that this process remembers of one installation's tokens. */
type Memory = {
  cached?: { tokens: Tokens | undefined; readAt: number }
  /** Refreshed while Botpress could not store it: kept until it is stored, because the former one may be used up. */
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
  /** The access tokens of that account. They throw `PortalChanged` when another one is connected. */
  of: (portalId: string) => AccessTokens
  /** The HubSpot account that the installation is connected to, as known a minute ago at most; undefined for none. */
  portalId: () => Promise<string | undefined>
  /** As `portalId`, read anew: another process may have moved the connection. */
  portalIdNow: () => Promise<string | undefined>
  /** What is stored, whichever app it belongs to. */
  stored: () => Promise<Tokens | undefined>
  /**
   * The owner has saved: refreshes with the form's refresh token, or with the stored one while the form's has not
   * changed, since HubSpot may have rotated it. `accept` may refuse the account of a form's token by throwing.
   * Resolves to undefined when there is no token, and to the account that was connected before.
   */
  connect: (
    configured: string | undefined,
    accept: (portalId: string) => void,
  ) => Promise<{ tokens: Tokens; formerPortalId: string | undefined } | undefined>
  /** Stores what HubSpot has issued to an owner who authorized, whatever refresh token the form holds. */
  adopt: (granted: Granted, configured: string | undefined) => Promise<void>
}

/** Works without an app as well. */
export async function forgetTokens(key: InstallationKey, owner: StateOwner): Promise<void> {
  memories.delete(key)
  await writeState(owner, 'tokens', undefined)
}

/** A reply that says whose it is and can be refreshed. */
export type Granted = TokenReply & { refresh_token: string; hub_id: string }

/**
 * The tokens of an installation: from memory, else from the state, else refreshed. However many callers wait, one
 * refreshes. Calls throw `HubSpotError` of kind `auth` when the owner has to authorize again, and `RuntimeError` when
 * nobody has yet.
 */
export function createTokenStore(source: TokenSource): TokenStore {
  const { key, clientId } = source
  const memory = memoryOf(key)

  const ofThisApp = (tokens: Tokens | undefined) => (tokens?.clientId === clientId ? tokens : undefined)

  /** Whatever is being read meanwhile is older. */
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

  /** What is stored, so many milliseconds old at most; older than that only while Botpress cannot be asked. */
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

  async function good(isGood: (tokens: Tokens) => boolean): Promise<Tokens> {
    const tokens = await known()
    if (tokens && isGood(tokens)) return tokens
    memory.refreshing ??= refreshed(isGood).finally(() => (memory.refreshing = undefined))
    return memory.refreshing
  }

  async function accessTokenOf(portalId: string, isGood: (tokens: Tokens) => boolean): Promise<string> {
    const tokens = await good(isGood)
    if (tokens.portalId === portalId) return tokens.accessToken
    // What this process remembers may be older than what the caller knows.
    await read()
    const latest = await good(isGood)
    if (latest.portalId === portalId) return latest.accessToken
    throw new PortalChanged()
  }

  async function refreshed(isGood: (tokens: Tokens) => boolean): Promise<Tokens> {
    const stored = memory.unsaved ? await keep(memory.unsaved) : await known(JUST_NOW_MS)
    if (!stored) throw new RuntimeError(NOT_CONNECTED)
    if (isGood(stored)) return stored
    const replaces = stored.refreshToken
    try {
      const reply = await source.refresh(replaces)
      const kept = await keep({ tokens: tokensFrom(reply, stored), replaces })
      if (kept) return kept
      throw new RuntimeError(NOT_CONNECTED)
    } catch (thrown) {
      if (!isHubSpotError(thrown, 'auth')) throw thrown
      // Another process may have refreshed at the same time, which can make this refresh token useless.
      const others = await waitUntil(async () => {
        const latest = await read()
        return latest && latest.refreshToken !== replaces && isGood(latest) ? latest : undefined
      }, STORED_SOON)
      if (others) return others
      throw thrown
    }
  }

  /**
   * Stores tokens that were refreshed by the clock. What another process has stored meanwhile takes precedence, above all
   * another account that the owner has moved to.
   */
  async function keep(fresh: Refreshed): Promise<Tokens | undefined> {
    memory.unsaved = fresh
    const stored = await read()
    if (stored?.refreshToken === fresh.replaces) return write(fresh)
    memory.unsaved = undefined
    return stored
  }

  /** Tokens are stored before they are used: to lose a refresh token would lock the installation out. */
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

/** A connection to an account that cannot be told is refused: the next one could not be compared with it. */
export function portalOf({ hub_id: portalId }: TokenReply): string {
  if (portalId !== undefined) return portalId
  throw new RuntimeError('HubSpot did not say which account this connection belongs to, so it is not used. Try again.')
}
