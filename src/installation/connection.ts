import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { env } from '../env'
import { createAppWebhooks } from '../hubspot/app-webhooks'
import { createHubSpot, type HubSpot } from '../hubspot/client'
import { endpointsOf } from '../hubspot/endpoints'
import { createHttp, type AccessTokens, type HubSpotHttp } from '../hubspot/http'
import { createOAuth, type OAuth } from '../hubspot/oauth'
import { appOf, type App } from './app'
import { channelOf, type ChannelState } from './channel-state'
import { settingsOf, type Settings } from './configuration'
import type { InstallationKey } from './key'
import { ownerOf, type StateOwner } from './read-state'
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
  appWebhooks: ReturnType<typeof createAppWebhooks>
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

/** Without a logger, entries of lists that cannot be read are left out in silence. */
type Props = { ctx: bp.Context; client: bp.Client; logger?: bp.Logger }

/** Throws `RuntimeError` if there is no app yet or the configuration has invalid fields. */
export function connectionOf({ ctx, client, logger }: Props): Connection {
  const app = appOf(ctx)
  if (!app) throw new RuntimeError(NOT_CONNECTED)
  const endpoints = endpointsOf(env.hubspotApiFamily())
  const owner = ownerOf({ ctx, client })
  const httpWith = (accessTokens: AccessTokens) =>
    createHttp({
      apiUrl: env.hubspotApiUrl(),
      developerKey: { hapikey: app.developerApiKey, appId: app.appId },
      tokens: accessTokens,
    })
  const tokens = createTokenStore({
    ...owner,
    clientId: app.clientId,
    refresh: (refreshToken) => oauth.refresh(refreshToken),
    identified: (reply) => oauth.identified(reply, 'name'),
  })
  const onDropped = (where: string) =>
    logger?.forBot().warn(`An entry of a HubSpot list cannot be read and was left out: ${where}`)
  const hubspotOver = (http: HubSpotHttp) => createHubSpot(http, endpoints, onDropped)
  const appHttp = httpWith(fixed(''))
  const oauth = createOAuth(appHttp, endpoints, app)
  const connection = {
    key: owner.key,
    owner,
    app,
    settings: settingsOf(ctx),
    oauth,
    tokens,
    appChannels: hubspotOver(appHttp).customChannels,
    appWebhooks: createAppWebhooks(appHttp, app.appId),
    channel: () => channelOf(owner, tokens),
    hubspotWith: (accessToken: string) => hubspotOver(httpWith(fixed(accessToken))),
  }
  return {
    ...connection,
    portal: (portalId) => ({
      ...connection,
      portalId,
      hubspot: hubspotOver(httpWith(tokens.of(portalId))),
    }),
  }
}

function fixed(accessToken: string): AccessTokens {
  const always = async () => accessToken
  return { current: always, renew: always }
}
