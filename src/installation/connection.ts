import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { env } from '../env'
import { createHubSpot, type HubSpot } from '../hubspot/client'
import { endpointsOf } from '../hubspot/endpoints'
import { createHttp, type AccessTokens } from '../hubspot/http'
import { createOAuth, type OAuth } from '../hubspot/oauth'
import { appOf, type App } from './app'
import { channelOf, type ChannelState } from './channel-state'
import { settingsOf, type Settings } from './configuration'
import { keyOf, type InstallationKey } from './key'
import type { StateOwner } from './read-state'
import { createTokenStore, NOT_CONNECTED, type TokenStore } from './tokens'

/** One installation's access to HubSpot, created for each operation. Tokens and channel are cached per process. */
export type Connection = {
  key: InstallationKey
  owner: StateOwner
  app: App
  settings: Settings
  oauth: OAuth
  tokens: TokenStore
  /** The app's channels. They belong to no account, so the developer key is enough. */
  appChannels: Pick<HubSpot['customChannels'], 'list' | 'remove'>
  /** The channel and its inboxes as last saved. Throws `RuntimeError` while there are none. */
  channel: () => Promise<ChannelState>
  /**
   * One HubSpot account. Its calls throw `PortalChanged` once the installation is connected to another account, so ids
   * and messages of one account never reach another.
   */
  portal: (portalId: string) => Portal
  /** HubSpot with an access token that is not stored. */
  hubspotWith: (accessToken: string) => HubSpot
}

export type Portal = Omit<Connection, 'portal'> & { portalId: string; hubspot: HubSpot }

type Props = { ctx: bp.Context; client: bp.Client }

/** Throws `RuntimeError` if there is no app yet or the configuration has invalid fields. */
export function connectionOf({ ctx, client }: Props): Connection {
  const app = appOf(ctx)
  if (!app) throw new RuntimeError(NOT_CONNECTED)
  const endpoints = endpointsOf(env.hubspotApiFamily())
  const [key, owner] = [keyOf(ctx), { client, integrationId: ctx.integrationId }]
  const httpWith = (accessTokens: AccessTokens) =>
    createHttp({
      apiUrl: env.hubspotApiUrl(),
      developerKey: { hapikey: app.developerApiKey, appId: app.appId },
      tokens: accessTokens,
    })
  const tokens = createTokenStore({
    ...owner,
    key,
    clientId: app.clientId,
    refresh: (refreshToken) => oauth.refresh(refreshToken),
  })
  const hubspotWith = (accessToken: string) => createHubSpot(httpWith(fixed(accessToken)), endpoints)
  const appHttp = httpWith(fixed(''))
  const oauth = createOAuth(appHttp, endpoints, app)
  const connection = {
    key,
    owner,
    app,
    settings: settingsOf(ctx),
    oauth,
    tokens,
    appChannels: createHubSpot(appHttp, endpoints).customChannels,
    channel: () => channelOf(key, owner, tokens),
    hubspotWith,
  }
  return {
    ...connection,
    portal: (portalId) => ({
      ...connection,
      portalId,
      hubspot: createHubSpot(httpWith(tokens.of(portalId)), endpoints),
    }),
  }
}

function fixed(accessToken: string): AccessTokens {
  const always = async () => accessToken
  return { current: always, renew: always }
}
