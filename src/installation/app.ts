import { RuntimeError } from '@botpress/sdk'
import type { secrets } from '../../definitions'
import type * as bp from '../bp'
import { env } from '../env'
import { sharedWebhookUrl, webhookUrl } from './addresses'
import { IN_FORM, quotedField, formValues } from './configuration'

/** The HubSpot app that an installation connects through. Only this file knows where it comes from. */
export type App = {
  appId: string
  clientId: string
  clientSecret: string
  /** Registers and updates channels; undefined if the publisher does without. */
  developerApiKey: string | undefined
  /** The one channel of a shared app, if the publisher names it. */
  channelId: string | undefined
  /** Where HubSpot sends the app's events and the channel's messages. */
  targetUrl: string
  /** The publisher's app: other installations use the same channel, so none of them deletes or renames it. */
  isShared: boolean
}

/** Everything about an installation that tells its app. */
export type Installation = Pick<bp.Context, 'configuration' | 'webhookId'>

/**
 * The owner's app, or the publisher's while all of the owner's fields are empty; undefined if there is neither. Throws
 * `RuntimeError` naming what is missing if only a part of an app is given.
 */
export function appOf(ctx: Installation): App | undefined {
  const { developerApiKey = '', appId = '', clientId = '', clientSecret = '' } = formValues(ctx)
  const own = { developerApiKey, appId, clientId, clientSecret }
  const missing = emptyOf(own).map((field) => quotedField(field))
  if (missing.length === Object.keys(own).length) return publishersApp()
  if (missing.length === 0)
    return { ...own, channelId: undefined, targetUrl: webhookUrl(ctx.webhookId), isShared: false }
  throw new RuntimeError(`Fill in ${missing.join(', ')} ${IN_FORM} and save again.`)
}

/** Like `appOf`; undefined also while the app is incomplete. */
export function completeAppOf(ctx: Installation): App | undefined {
  try {
    return appOf(ctx)
  } catch (thrown) {
    if (thrown instanceof RuntimeError) return undefined
    throw thrown
  }
}

const secret = (name: keyof typeof secrets): string => env.secret(name)

function publishersApp(): App | undefined {
  const required = {
    HUBSPOT_APP_ID: secret('HUBSPOT_APP_ID'),
    HUBSPOT_CLIENT_ID: secret('HUBSPOT_CLIENT_ID'),
    HUBSPOT_CLIENT_SECRET: secret('HUBSPOT_CLIENT_SECRET'),
  }
  const developerApiKey = secret('HUBSPOT_DEVELOPER_API_KEY') || undefined
  const channelId = secret('HUBSPOT_CHANNEL_ID') || undefined
  const missing = emptyOf(required)
  if (missing.length === Object.keys(required).length) return undefined
  if (!developerApiKey && !channelId) missing.push('HUBSPOT_CHANNEL_ID')
  if (missing.length > 0) {
    throw new RuntimeError(
      `The publisher of this integration deployed it without the secret ${missing.join(', ')}. Ask the publisher to add it, or fill in the first four fields with a HubSpot app of your own.`,
    )
  }
  return {
    appId: required.HUBSPOT_APP_ID,
    clientId: required.HUBSPOT_CLIENT_ID,
    clientSecret: required.HUBSPOT_CLIENT_SECRET,
    developerApiKey,
    channelId,
    targetUrl: secret('HUBSPOT_TARGET_URL') || sharedWebhookUrl(),
    isShared: true,
  }
}

const emptyOf = (values: Record<string, string>): string[] =>
  Object.entries(values).flatMap(([name, value]) => (value === '' ? [name] : []))

/**
 * What Botpress knows a connected installation by. Events of a shared app come to one address, where `extract.vrl` finds
 * the account in them, so that the account alone has to be the identifier: one bot per account.
 */
export const identifierOf = (
  { isShared }: App,
  portalId: string,
  { webhookId }: Pick<bp.Context, 'webhookId'>,
): string => (isShared ? portalId : `${portalId}-${webhookId}`)
