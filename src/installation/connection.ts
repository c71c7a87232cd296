import type * as bp from '../bp'
import { env } from '../env'
import { createHubSpot, type HubSpot } from '../hubspot/client'
import { endpointsOf } from '../hubspot/endpoints'
import { createHttp } from '../hubspot/http'
import { createOAuth, type OAuth } from '../hubspot/oauth'
import { channelState, type ChannelState } from './channel-state'
import { configurationOf, type Settings } from './configuration'
import { accessTokens, connectedPortal, type TokenSource } from './tokens'

/** One installation's way to HubSpot, made anew for each operation; what is worth keeping is kept per process. */
export type Connection = {
  configuration: Settings
  hubspot: HubSpot
  oauth: OAuth
  tokenSource: TokenSource
  channel: () => Promise<ChannelState>
  /** The HubSpot account; undefined before the first save. */
  portalId: () => Promise<string | undefined>
}

/** Throws `RuntimeError` when fields of the configuration are missing. */
export function connect({ ctx, client }: { ctx: bp.Context; client: bp.Client }): Connection {
  const configuration = configurationOf(ctx)
  const { clientId, clientSecret, developerApiKey, appId } = configuration
  const endpoints = endpointsOf(env.hubspotApiFamily())
  const tokenSource: TokenSource = {
    client,
    integrationId: ctx.integrationId,
    refresh: (refreshToken) => oauth.refresh(refreshToken),
  }
  const http = createHttp({
    apiUrl: env.hubspotApiUrl(),
    developerKey: { hapikey: developerApiKey, appId },
    tokens: accessTokens(tokenSource),
  })
  const oauth = createOAuth(http, endpoints, { clientId, clientSecret })
  return {
    configuration,
    hubspot: createHubSpot(http, endpoints),
    oauth,
    tokenSource,
    channel: () => channelState(client, ctx.integrationId),
    portalId: () => connectedPortal(tokenSource),
  }
}
