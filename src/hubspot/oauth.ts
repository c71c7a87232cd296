import type * as z from 'zod/mini'
import type { Endpoints } from './endpoints'
import { undefinedIf } from './errors'
import type { ApiCall, HubSpotHttp } from './http'
import { tokenInfo, tokenReply } from './schemas'
import { scopesToAskFor, type ScopeVariant } from './scopes'

export type AppCredentials = { clientId: string; clientSecret: string }

export type TokenReply = z.infer<typeof tokenReply>

export type OAuth = ReturnType<typeof createOAuth>

/**
 * Tokens of one app. HubSpot may return another refresh token with each answer: keep it. All throw `HubSpotError`.
 * https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide
 */
export function createOAuth(http: HubSpotHttp, endpoints: Endpoints, { clientId, clientSecret }: AppCredentials) {
  const client = { client_id: clientId, client_secret: clientSecret }

  const ask = (grant: Record<string, string>, effort: Effort): Promise<TokenReply> => {
    const form = { ...client, ...grant }
    return http({ method: 'POST', path: endpoints.token, auth: 'none', form, ...effort, answer: tokenReply })
  }

  const introspect = (token: string) => {
    // The guide calls it `access_token`, the description `token`.
    const form = { ...client, token_type_hint: 'access_token', token, access_token: token }
    return http({ method: 'POST', path: endpoints.introspect, auth: 'none', form, ...BRIEFLY, answer: tokenInfo })
  }

  return {
    /** A refresh whose answer is lost leaves at worst a token that is never used. */
    refresh: (refreshToken: string) =>
      ask({ grant_type: 'refresh_token', refresh_token: refreshToken }, { repeatable: true }),

    /** A code is valid once. Strangers can open the page that leads here, with any code: it costs one short call. */
    exchange: (code: string, redirectUri: string) =>
      ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, BRIEFLY),

    /**
     * The reply with portal and scopes, on demand also with the account's name, if HubSpot tells them. Throws no
     * `HubSpotError`, because the reply can hold a refresh token that must not be lost.
     */
    identified: async <R extends TokenReply>(reply: R, wanted: 'account' | 'name' = 'account'): Promise<R> => {
      const isKnown = wanted === 'account' || reply.hub_domain !== undefined
      if (isKnown && reply.hub_id !== undefined && reply.scopes !== undefined) return reply
      const known = await undefinedIf(introspect(reply.access_token))
      return {
        ...reply,
        hub_id: reply.hub_id ?? known?.hub_id,
        hub_domain: reply.hub_domain ?? known?.hub_domain,
        scopes: reply.scopes ?? known?.scopes,
      }
    },
  }
}

type Effort = Pick<ApiCall<typeof tokenReply>, 'repeatable' | 'once' | 'budgetMs'>

/** An owner's browser waits for the page. */
const BRIEFLY = { once: true, budgetMs: 8_000 } as const

/**
 * HubSpot's consent page. HubSpot refuses a link whose scopes are not the app's on its own page, without naming the scope:
 * a person can only try the link of another variant.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/oauth/working-with-oauth
 */
export function consentAddress(appUrl: string, { clientId, redirectUri, state, scopes }: ConsentRequest): string {
  const address = new URL('/oauth/authorize', appUrl)
  const { required, optional } = scopesToAskFor(scopes)
  const asked = { client_id: clientId, redirect_uri: redirectUri, scope: required.join(' ') }
  const parameters = { ...asked, ...(optional.length > 0 && { optional_scope: optional.join(' ') }), state }
  // HubSpot's own links write %20 between scopes, where URLSearchParams would put a plus.
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  address.search = pairs.join('&')
  return address.href
}

export type ConsentRequest = { clientId: string; redirectUri: string; state: string; scopes: ScopeVariant }
