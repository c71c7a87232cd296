import type * as z from 'zod/mini'
import type { Endpoints } from './endpoints'
import type { HubSpotHttp } from './http'
import { tokenReply } from './schemas'

export type AppCredentials = { clientId: string; clientSecret: string }

export type TokenReply = z.infer<typeof tokenReply>

/**
 * Exchanges a refresh token for a new access token. HubSpot may return another refresh token: keep it.
 * Throws `HubSpotError`; a token that is no longer good has the category `BAD_REFRESH_TOKEN`.
 * https://developers.hubspot.com/docs/api-reference/auth-oauth-v3/guide
 */
export function refreshTokens(
  http: HubSpotHttp,
  endpoints: Endpoints,
  { clientId, clientSecret, refreshToken }: AppCredentials & { refreshToken: string },
): Promise<TokenReply> {
  return http({
    method: 'POST',
    path: endpoints.token,
    auth: 'none',
    form: {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    },
    // A refresh whose answer is lost leaves at worst a token that nobody knows.
    repeatable: true,
    answer: tokenReply,
  })
}
