import { createHash } from 'node:crypto'
import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import type { TokenReply } from '../hubspot/oauth'

/** Tokens as they are stored. */
export type Tokens = bp.States['tokens']

/** A token response that names its account and can be refreshed. */
export type Granted = TokenReply & { refresh_token: string; hub_id: string }

/** HubSpot's access tokens expire after 30 minutes. They are refreshed this long before. */
const EARLY_MS = 5 * 60_000

/** The lifetime in HubSpot's own examples, for a response without one. In seconds. */
const USUAL_SECONDS = 1800

export const isFresh = (tokens: Tokens): boolean => tokens.expiresAt - EARLY_MS > Date.now()

/** What HubSpot has issued; the rest is as before. */
export const tokensFrom = (reply: TokenReply, former: Omit<Tokens, 'accessToken' | 'expiresAt'>): Tokens => ({
  accessToken: reply.access_token,
  expiresAt: Date.now() + (reply.expires_in ?? USUAL_SECONDS) * 1000,
  refreshToken: reply.refresh_token ?? former.refreshToken,
  clientId: former.clientId,
  configuredTokenHash: former.configuredTokenHash,
  portalId: reply.hub_id ?? former.portalId,
  accountName: reply.hub_domain ?? former.accountName,
  scopes: reply.scopes ?? former.scopes,
})

/** For example: 62515 (example.com). */
export const accountLabel = ({ portalId, accountName }: Pick<Tokens, 'portalId' | 'accountName'>): string =>
  accountName ? `${portalId} (${accountName})` : portalId

export const hashOf = (text = ''): string => createHash('sha256').update(text).digest('hex')

/** Refuses a connection to an unknown account, because the next connection could not be compared with it. */
export function portalOf({ hub_id: portalId }: TokenReply): string {
  if (portalId !== undefined) return portalId
  throw new RuntimeError('HubSpot did not say which account this connection belongs to, so it was refused. Try again.')
}
