import { RuntimeError } from '@botpress/sdk'
import { type HubSpotError, isHubSpotError } from '../hubspot/errors'
import { CREATE_CONTACTS_SCOPE } from '../hubspot/scopes'
import { authorizeLink } from './addresses'
import { completeAppOf, type App, type Installation } from './app'
import { inboxLabel } from './channel-state'
import { IN_FORM, quotedField } from './configuration'
import type { Portal } from './connection'

/**
 * Runs a step and turns a `HubSpotError` into a `RuntimeError` that says what failed, why and what to do. It leaves out
 * HubSpot's own message, which can repeat the customer's words. Other errors pass unchanged.
 */
export const explained = <T>(failed: string, installation: Installation, step: () => Promise<T>): Promise<T> =>
  explainedBy((error) => `${failed}: ${reason(error, installation)}`, step)

/** Like `explained`, with a custom message. */
export async function explainedBy<T>(sentence: (error: HubSpotError) => string, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (thrown) {
    if (isHubSpotError(thrown)) throw new RuntimeError(sentence(thrown), thrown)
    throw thrown
  }
}

/** For the owner's log, while customers that HubSpot does not know cannot become contacts. */
export const createNeedsScope = (app: Pick<App, 'isShared'>): string =>
  `${quotedField('unknownContact')} is "create", which requires the scope ${CREATE_CONTACTS_SCOPE}. ${addScope(app, 'optional scopes')}. Until then, customers without a contact come as visitors.`

/** How the owner gets a scope that is missing. Only the publisher can change a shared app. */
const addScope = ({ isShared }: Pick<App, 'isShared'>, list = 'scopes'): string =>
  isShared ? 'Click Authorize and approve it' : `Add it to the ${list} of the HubSpot app, then click Authorize`

/** Like `reason`, for whatever was thrown. */
export function whyOf(thrown: unknown, installation: Installation, scope?: string): string {
  if (isHubSpotError(thrown)) return reason(thrown, installation, scope)
  if (thrown instanceof RuntimeError) return thrown.message
  return errorName(thrown)
}

/** What an unexpected error is called: nothing that people wrote. */
export const errorName = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : typeof thrown)

const SAVE_AGAIN = 'Save the configuration of this integration again to'
const TRY_AGAIN = 'Try again in a minute; if it keeps happening, check'
const SEND_ON = "send this message to the integration's maintainer."

/**
 * Why the call failed and what to do about it, as the end of a sentence. `scope` is what the call needs, for a refusal that
 * names none.
 */
export function reason(error: HubSpotError, installation: Installation, scope?: string): string {
  const link = authorizeLink(installation.webhookId)
  const app = completeAppOf(installation) ?? { isShared: false }
  const inForm = `${IN_FORM}, or open ${link}`
  const getScope = `${addScope(app)} ${inForm}`
  switch (error.kind) {
    case 'auth':
      return `HubSpot no longer accepts the connection. Click Authorize ${inForm}`
    case 'missingScope':
      return `HubSpot has not granted ${error.missingScopes.join(', ') || scope || 'a required scope'}. ${getScope}`
    case 'notFound':
      return `something it needs no longer exists in HubSpot. ${SAVE_AGAIN} recreate it.`
    case 'rateLimit':
      return `HubSpot's API limit was reached. ${TRY_AGAIN} the app's usage in HubSpot.`
    case 'unavailable':
      return `HubSpot did not respond after several attempts. ${TRY_AGAIN} status.hubspot.com for outages.`
    case 'unreadable':
      return `HubSpot's response could not be read (${error.where ?? 'no field named'}). Update this integration to its newest version; if that does not help, ${SEND_ON}`
    case 'validation':
    case 'conflict':
    case 'unexpected':
      // HubSpot need not say that a scope is missing.
      return `HubSpot refused the request (${details(error)}). ${error.status === 403 && scope ? `It may not have granted ${scope}. ${getScope}` : `If it happens again, ${SEND_ON}`}`
  }
}

export const details = ({ status, category, correlationId }: HubSpotError): string =>
  [status && `status ${status}`, category, correlationId && `correlation id ${correlationId}`]
    .filter(Boolean)
    .join(', ') || 'no details'

export const notInPlan = (error: HubSpotError): string =>
  `This HubSpot account is not allowed to use custom channels (${details(error)}). They require Sales Hub or Service Hub, Professional or Enterprise: check the account's plan.`

type Account = { channelId: string; channelAccountId: string }

/**
 * Why HubSpot refuses all messages to an inbox, if it does: asks once whether channel and account are still there.
 * Undefined where `thrown` has another cause.
 */
export async function lostConnection(portal: Portal, account: Account, thrown: unknown) {
  if (!isHubSpotError(thrown, 'validation', 'notFound')) return undefined
  const { channelId, channelAccountId } = account
  const [sentence] = await disconnectedInboxes(portal, channelId, [channelAccountId]).catch((look: unknown) => {
    if (isHubSpotError(look, 'notFound')) return [channelId === portal.app.channelId ? NO_SUCH_CHANNEL : CHANNEL_GONE]
    return isHubSpotError(look, 'validation') && look.status === 403 ? [notInPlan(look)] : []
  })
  const why = sentence ?? (thrown.kind === 'validation' && thrown.status === 403 ? notInPlan(thrown) : undefined)
  return why === undefined ? undefined : new RuntimeError(why, thrown)
}

const CHANNEL_GONE = `The channel of this integration no longer exists in HubSpot. ${SAVE_AGAIN} recreate it, then escalate again.`

/** A save does not recreate a channel that the publisher names. */
export const NO_SUCH_CHANNEL =
  "The HubSpot app of this integration's publisher has no channel with the ID in the secret HUBSPOT_CHANNEL_ID. Ask the publisher to correct it."

/** One sentence for each of the accounts that HubSpot no longer has connected. Throws `HubSpotError`. */
export async function disconnectedInboxes(
  { hubspot, channel }: Portal,
  channelId: string,
  channelAccountIds: readonly string[],
): Promise<string[]> {
  const connected = await hubspot.customChannels.listAccounts(channelId)
  const lost = channelAccountIds.filter(
    (wanted) => !connected.some(({ id, authorized, archived }) => id === wanted && authorized && !archived),
  )
  if (lost.length === 0) return []
  const known = Object.entries((await channel()).accounts)
  return lost.map((id) => {
    const [inboxId = '', inbox] = known.find(([, { channelAccountId }]) => channelAccountId === id) ?? []
    return `The ${inbox ? inboxLabel({ id: inboxId, ...inbox }) : 'inbox'} was disconnected in HubSpot: no conversation can be opened there. ${SAVE_AGAIN} reconnect it.`
  })
}
