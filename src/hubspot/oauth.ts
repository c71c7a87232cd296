import type * as z from 'zod/mini'
import type { Endpoints } from './endpoints'
import { isHubSpotError } from './errors'
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
  const ask = (grant: Record<string, string>, effort: Effort): Promise<TokenReply> =>
    http({
      method: 'POST',
      path: endpoints.token,
      auth: 'none',
      form: { client_id: clientId, client_secret: clientSecret, ...grant },
      ...effort,
      answer: tokenReply,
    })

  /** https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide */
  const introspect = (token: string) =>
    http({
      method: 'POST',
      path: endpoints.introspect,
      auth: 'none',
      // The guide calls it `access_token`, the description `token`.
      form: {
        client_id: clientId,
        client_secret: clientSecret,
        token_type_hint: 'access_token',
        token,
        access_token: token,
      },
      once: true,
      budgetMs: EXCHANGE_MS,
      answer: tokenInfo,
    })

  return {
    /**
     * For a token that is no longer valid, the error's category is `BAD_REFRESH_TOKEN`. A refresh whose answer is lost
     * leaves at worst a token that is never used.
     */
    refresh: (refreshToken: string) =>
      ask({ grant_type: 'refresh_token', refresh_token: refreshToken }, { repeatable: true }),

    /**
     * `redirectUri` is the one that the code was issued to. A code is valid once: `BAD_AUTH_CODE` after that. Strangers
     * can open the page that leads here, with any code: it costs one short call.
     */
    exchange: (code: string, redirectUri: string) =>
      ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, { once: true, budgetMs: EXCHANGE_MS }),

    /**
     * The reply with portal and scopes, on demand also with the account's name, all of which HubSpot need not send along:
     * it is asked for them. What it does not tell stays undefined. Throws no `HubSpotError`, because the reply can hold a
     * refresh token that must not be lost.
     */
    identified: async <R extends TokenReply>(reply: R, wanted: 'account' | 'name' = 'account'): Promise<R> => {
      const isKnown = wanted === 'account' || reply.hub_domain !== undefined
      if (isKnown && reply.hub_id !== undefined && reply.scopes !== undefined) return reply
      const known = await introspect(reply.access_token).catch((thrown: unknown) => {
        if (isHubSpotError(thrown)) return undefined
        throw thrown
      })
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
const EXCHANGE_MS = 8_000

/**
 * HubSpot's consent page. The link must ask for exactly the scopes that the app requires. Optional scopes are a separate
 * parameter and must all be listed by the app. HubSpot refuses a mismatch on its own page without naming the scope: a
 * person can only try the link of another variant.
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/oauth/working-with-oauth
 */
export function consentAddress(appUrl: string, ask: ConsentRequest): string {
  const address = new URL('/oauth/authorize', appUrl)
  const { required, optional } = scopesToAskFor(ask.scopes)
  const parameters = {
    client_id: ask.clientId,
    redirect_uri: ask.redirectUri,
    scope: required.join(' '),
    ...(optional.length > 0 && { optional_scope: optional.join(' ') }),
    state: ask.state,
  }
  // HubSpot's own links write %20 between scopes, where URLSearchParams would put a plus.
  address.search = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  return address.href
}

export type ConsentRequest = { clientId: string; redirectUri: string; state: string; scopes: ScopeVariant }
