import type * as z from 'zod/mini'
import type { Endpoints } from './endpoints'
import type { ApiCall, HubSpotHttp } from './http'
import { tokenReply } from './schemas'
import { scopesToAskFor, type ScopeVariant } from './scopes'

export type AppCredentials = { clientId: string; clientSecret: string }

export type TokenReply = z.infer<typeof tokenReply>

export type OAuth = ReturnType<typeof createOAuth>

/**
 * Tokens of one app. HubSpot may return another refresh token with each answer: keep it. Both throw `HubSpotError`.
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

  return {
    /**
     * For a token that is no longer good, the error's category is `BAD_REFRESH_TOKEN`. A refresh whose answer is lost
     * leaves at worst a token that nobody knows.
     */
    refresh: (refreshToken: string) =>
      ask({ grant_type: 'refresh_token', refresh_token: refreshToken }, { repeatable: true }),

    /**
     * `redirectUri` is the one that the code was given to. A code is good for one try: `BAD_AUTH_CODE` after that. Anybody
     * may call the page that leads here, with any code: it costs one short call.
     */
    exchange: (code: string, redirectUri: string) =>
      ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }, { once: true, budgetMs: EXCHANGE_MS }),
  }
}

type Effort = Pick<ApiCall<typeof tokenReply>, 'repeatable' | 'once' | 'budgetMs'>

/** An owner's browser waits for the page. */
const EXCHANGE_MS = 8_000

/**
 * Where a person agrees to the app. The scopes have to be those that the app requires, neither more nor fewer, and the
 * optional ones, named apart, some of those that it lists. Otherwise HubSpot refuses without saying which, on a page of
 * its own: a person can only try a link of another variant.
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
