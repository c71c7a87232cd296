import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { env } from '../env'
import { redactCardNumbers } from '../content/to-agent/redact-card-numbers'
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
  const settings = settingsOf(ctx)
  const httpWith = (accessTokens: AccessTokens, portalId?: string) =>
    createHttp({
      ...(portalId === undefined ? {} : { portalId }),
      apiUrl: env.hubspotApiUrl(),
      developerKey: { hapikey: app.developerApiKey, appId: app.appId },
      tokens: accessTokens,
    })
  const tokens = createTokenStore({
    ...owner,
    clientId: app.clientId,
    refresh: (refreshToken) => oauth.refresh(refreshToken),
    identified: (reply) => oauth.identified(reply),
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
    settings,
    oauth,
    tokens,
    appChannels: hubspotOver(appHttp).customChannels,
    channel: () => channelOf(owner, tokens),
    hubspotWith: (accessToken: string) => hubspotOver(httpWith(fixed(accessToken))),
  }
  return {
    ...connection,
    portal: (portalId) => {
      const hubspot = hubspotOver(httpWith(tokens.of(portalId), portalId))
      return { ...connection, portalId, hubspot: settings.redactCardNumbers ? withoutCardNumbers(hubspot) : hubspot }
    },
  }
}

function fixed(accessToken: string): AccessTokens {
  const always = async () => accessToken
  return { current: always, renew: always }
}

/** The one way of all words and file names to HubSpot, whoever writes them. */
const withoutCardNumbers = (hubspot: HubSpot): HubSpot => ({
  ...hubspot,
  conversations: {
    ...hubspot.conversations,
    comment: (threadId, text, richText) =>
      hubspot.conversations.comment(threadId, redactCardNumbers(text), richText && redactCardNumbers(richText)),
  },
  customChannels: {
    ...hubspot.customChannels,
    publish: ({ text, richText, ...message }, contact) =>
      hubspot.customChannels.publish(
        {
          ...message,
          text: redactCardNumbers(text),
          ...(richText === undefined ? {} : { richText: redactCardNumbers(richText) }),
        },
        contact,
      ),
  },
  tickets: {
    ...hubspot.tickets,
    change: (ticketId, properties) => {
      const clean = Object.entries(properties).map(([name, value]) => [name, redactCardNumbers(value)])
      return hubspot.tickets.change(ticketId, Object.fromEntries(clean))
    },
  },
  files: {
    ...hubspot.files,
    upload: (file) => hubspot.files.upload({ ...file, fileName: redactCardNumbers(file.fileName) }),
  },
})
