import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import type { AccessTokens } from '../hubspot/http'
import type { TokenReply } from '../hubspot/oauth'
import { readState, requireState } from './read-state'
import { repeated } from './repeat'

type Tokens = bp.States['tokens']

/** Access tokens live 30 minutes; one is replaced this long before its end. */
const EARLY_MS = 5 * 60_000

/** When to look whether another process has stored what it got, in milliseconds after the last look. */
const STORED_SOON_MS = [0, 200, 500, 1_000]

const cache = new Map<string, Tokens>()
const underWay = new Map<string, Promise<Tokens>>()

/** Refreshed while Botpress could store nothing: stored at the next occasion, and not forgotten until then. */
const unsaved = new Map<string, Tokens>()

export type TokenSource = {
  client: bp.Client
  integrationId: string
  refresh: (refreshToken: string) => Promise<TokenReply>
}

/**
 * The access token of an installation: from memory, else from the state, else refreshed. However many callers wait,
 * one of them refreshes. Throws `HubSpotError` of kind `auth` when the owner has to connect again.
 */
export function accessTokens(source: TokenSource): AccessTokens {
  return {
    current: async () => {
      const cached = cache.get(source.integrationId)
      if (cached && isFresh(cached)) return cached.accessToken
      return (await once(source, isFresh)).accessToken
    },
    renew: async (refused) => {
      const isAnother = (tokens: Tokens) => isFresh(tokens) && tokens.accessToken !== refused
      const cached = cache.get(source.integrationId)
      if (cached && isAnother(cached)) return cached.accessToken
      return (await once(source, isAnother)).accessToken
    },
  }
}

/** The HubSpot account that the installation is connected to, or undefined before its first save. */
export async function connectedPortal({ client, integrationId }: TokenSource): Promise<string | undefined> {
  const tokens = cache.get(integrationId) ?? (await readState(client, integrationId, 'tokens'))
  if (tokens) cache.set(integrationId, tokens)
  return tokens?.portalId
}

/**
 * The owner has saved: connects with the refresh token that stands in the form. While that stays the same, or when
 * there is none, the one that HubSpot returned last goes on being used: the entered one may have been replaced since,
 * and so may whoever authorized. Undefined when there is neither. Throws `HubSpotError`.
 */
export async function connectTokens(source: TokenSource, configured: string | undefined): Promise<Tokens | undefined> {
  const { client, integrationId } = source
  const stored = unsaved.get(integrationId) ?? (await readState(client, integrationId, 'tokens'))
  const isTheSame = configured === undefined || stored?.configuredTokenHash === hashOf(configured)
  const refreshToken = stored && isTheSame ? stored.refreshToken : configured
  if (refreshToken === undefined) return undefined
  return refreshAndStore(source, { refreshToken, configuredTokenHash: hashOf(configured), savedAt: Date.now() })
}

/** Goes on with what HubSpot gave to somebody who has authorized, whatever refresh token stands in the form. */
export const adoptTokens = (source: TokenSource, reply: TokenReply, configured: string | undefined): Promise<Tokens> =>
  store(source, tokensFrom(reply, { configuredTokenHash: hashOf(configured) }))

const hashOf = (configured = ''): string => createHash('sha256').update(configured).digest('hex')

export async function forgetTokens({ client, integrationId }: Pick<TokenSource, 'client' | 'integrationId'>) {
  cache.delete(integrationId)
  unsaved.delete(integrationId)
  await client.setState({ id: integrationId, type: 'integration', name: 'tokens', payload: null })
}

const isFresh = (tokens: Tokens): boolean => tokens.expiresAt - EARLY_MS > Date.now()

function once(source: TokenSource, isGood: (tokens: Tokens) => boolean): Promise<Tokens> {
  const running = underWay.get(source.integrationId)
  if (running) return running
  const started = load(source, isGood).finally(() => underWay.delete(source.integrationId))
  underWay.set(source.integrationId, started)
  return started
}

async function load(source: TokenSource, isGood: (tokens: Tokens) => boolean): Promise<Tokens> {
  const pending = unsaved.get(source.integrationId)
  const stored = pending
    ? await store(source, pending)
    : await requireState(source.client, source.integrationId, 'tokens')
  if (isGood(stored)) {
    cache.set(source.integrationId, stored)
    return stored
  }
  try {
    return await refreshAndStore(source, stored)
  } catch (thrown) {
    if (!isHubSpotError(thrown, 'auth')) throw thrown
    const others = await refreshedElsewhere(source, stored.refreshToken, isGood)
    if (!others) throw thrown
    cache.set(source.integrationId, others)
    return others
  }
}

/** Another process may have refreshed at the same time, made this refresh token useless and not stored its own yet. */
async function refreshedElsewhere(
  { client, integrationId }: TokenSource,
  refused: string,
  isGood: (tokens: Tokens) => boolean,
): Promise<Tokens | undefined> {
  for (const pause of STORED_SOON_MS) {
    await sleep(pause)
    const latest = await requireState(client, integrationId, 'tokens')
    if (latest.refreshToken !== refused && isGood(latest)) return latest
  }
  return undefined
}

/** What HubSpot does not tell and a refresh leaves as it is. */
type Kept = Pick<Tokens, 'configuredTokenHash' | 'savedAt'>

async function refreshAndStore(source: TokenSource, { refreshToken, ...kept }: Kept & Pick<Tokens, 'refreshToken'>) {
  return store(source, tokensFrom(await source.refresh(refreshToken), kept))
}

const tokensFrom = (reply: TokenReply, { configuredTokenHash, savedAt }: Kept): Tokens => ({
  accessToken: reply.access_token,
  expiresAt: Date.now() + reply.expires_in * 1000,
  refreshToken: reply.refresh_token,
  configuredTokenHash,
  portalId: reply.hub_id,
  scopes: reply.scopes,
  ...(savedAt === undefined ? {} : { savedAt }),
})

/** The refresh token is stored before the access token is used: losing it would lock the installation out. */
async function store({ client, integrationId }: TokenSource, tokens: Tokens): Promise<Tokens> {
  unsaved.set(integrationId, tokens)
  await repeated(() => client.setState({ id: integrationId, type: 'integration', name: 'tokens', payload: tokens }))
  unsaved.delete(integrationId)
  cache.set(integrationId, tokens)
  return tokens
}
