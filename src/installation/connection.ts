import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { env } from '../env'
import { redactCardNumbers } from '../content/to-agent/redact-card-numbers'
import { createAppWebhooks } from '../hubspot/app-webhooks'
import { createHubSpot, type HubSpot } from '../hubspot/client'
import { endpointsOf } from '../hubspot/endpoints'
import { createHttp, type AccessTokens, type HubSpotHttp } from '../hubspot/http'
import { createOAuth } from '../hubspot/oauth'
import { appOf } from './app'
import { settingsOf } from './configuration'
import { channelOf } from './channel-state'
import { ownerOf } from './states'
import { createTokenStore, NOT_CONNECTED } from './tokens'

/** One installation's access to HubSpot, created for each operation. Tokens and channel are cached per process. */
export type Connection = ReturnType<typeof connectionOf>

/** One HubSpot account of it. */
export type Portal = ReturnType<Connection['portal']>

/**
 * Without a logger, entries of lists that cannot be read are left out in silence. Once `late` is aborted, calls to
 * accounts throw `TooLate`. Refreshing tokens is exempt: a refresh token that was not stored could be lost.
 */
type Props = { ctx: bp.Context; client: bp.Client; logger?: bp.Logger; late?: AbortSignal }

/** Throws `RuntimeError` if there is no app yet or the configuration has invalid fields. */
export function connectionOf({ ctx, client, logger, late }: Props) {
  const app = appOf(ctx)
  if (!app) throw new RuntimeError(NOT_CONNECTED)
  const endpoints = endpointsOf(env.hubspotApiFamily())
  const owner = ownerOf({ ctx, client })
  const settings = settingsOf(ctx)
  const developerKey = { hapikey: app.developerApiKey ?? '', appId: app.appId }
  const httpWith = (accessTokens: AccessTokens, portalId?: string) =>
    createHttp({
      portalId,
      apiUrl: env.hubspotApiUrl(),
      developerKey,
      tokens: accessTokens,
    })
  const onDropped = (where: string) =>
    logger
      ?.forBot()
      .warn(
        `HubSpot listed something that cannot be read, and it was left out. If anything is missing, send this line to the maintainer of the integration: ${where}`,
      )
  const hubspotOver = (http: HubSpotHttp) => createHubSpot(http, endpoints, onDropped)
  const appHttp = httpWith(fixed(''))
  const oauth = createOAuth(appHttp, endpoints, app)
  const tokens = createTokenStore({
    ...owner,
    clientId: app.clientId,
    refresh: oauth.refresh,
    identified: (reply) => oauth.identified(reply, 'name'),
  })
  const connection = {
    key: owner.key,
    owner,
    app,
    settings,
    oauth,
    tokens,
    /** The app's channels. They belong to no account, so the developer key is enough. */
    appChannels: hubspotOver(appHttp).customChannels,
    appWebhooks: createAppWebhooks(appHttp, app.appId),
    /** The channel and its inboxes as last saved. Throws `RuntimeError` while there are none. */
    channel: () => channelOf(owner, tokens),
    /** HubSpot with an access token that is not stored. */
    hubspotWith: (accessToken: string) => hubspotOver(httpWith(fixed(accessToken))),
  }
  const portalOf = (portalId: string) => {
    const hubspot = hubspotOver(httpWith(tokens.of(portalId, late), portalId))
    return { ...connection, portalId, hubspot: settings.redactCardNumbers ? withoutCardNumbers(hubspot) : hubspot }
  }
  return {
    ...connection,
    /**
     * The calls of one account throw `PortalChanged` once the installation is connected to another one, so ids and
     * messages of one account never reach another.
     */
    portal: portalOf,
    /** The account that is connected now. Throws `RuntimeError` if there is none. */
    currentPortal: async () => {
      const portalId = await tokens.portalId()
      if (portalId === undefined) throw new RuntimeError(NOT_CONNECTED)
      return portalOf(portalId)
    },
  }
}

function fixed(accessToken: string): AccessTokens {
  const always = async () => accessToken
  return { current: always, renew: always }
}

const redacted = (text: string | undefined) => text && redactCardNumbers(text)

/** The one way of all words and file names to HubSpot, from customers and from bots. */
const withoutCardNumbers = (hubspot: HubSpot): HubSpot => ({
  ...hubspot,
  conversations: {
    ...hubspot.conversations,
    comment: (threadId, text, richText) =>
      hubspot.conversations.comment(threadId, redactCardNumbers(text), redacted(richText)),
  },
  customChannels: {
    ...hubspot.customChannels,
    publish: ({ text, richText, attachments, ...message }, contact) =>
      hubspot.customChannels.publish(
        {
          ...message,
          text: redactCardNumbers(text),
          ...(richText === undefined ? {} : { richText: redactCardNumbers(richText) }),
          attachments: attachments.map((each) =>
            each.type === 'LOCATION' ? { ...each, name: redacted(each.name), address: redacted(each.address) } : each,
          ),
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
