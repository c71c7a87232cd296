import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import type { HubSpot } from '../hubspot/client'
import { isHubSpotError } from '../hubspot/errors'
import type { ChannelAccount, Inbox } from '../hubspot/schemas'
import { inboxLabel, listedInboxes, saveChannel, type ChannelState } from '../installation/channel-state'
import { quotedField } from '../installation/configuration'
import type { Portal } from '../installation/connection'
import { inTurn } from '../installation/async'
import { readState } from '../installation/states'
import { accountIdentifier } from '../session/session'
import { DISPLAY_NAME, ensureChannel } from './ensure-channel'
import { explainSetup } from './explain-setup'

type Props = Pick<bp.HandlerProps, 'ctx' | 'logger'> & { portal: Portal }

type Options = {
  inboxes: WantedInboxes
  /** The account as people know it. */
  account: string
  /** How long to wait for a new channel, in milliseconds. */
  withinMs: number
}

/**
 * Connects the channel to the inboxes, stores the result and logs it for the owner. Creates what is missing once every
 * inbox is known to exist. Runs one at a time for an installation: two clicks at once would create two channels.
 * Throws `RuntimeError`, and `ChannelNotVisible` when HubSpot needs longer.
 */
export const connectChannel = (props: Props, options: Options): Promise<ChosenInboxes> =>
  inTurn(`${props.portal.key} channel`, () => connect(props, options))

async function connect(props: Props, options: Options): Promise<ChosenInboxes> {
  const { ctx, logger, portal } = props
  const { hubspot, owner, portalId, app } = portal
  const [found, channels, former] = await Promise.all([
    explainSetup('inboxes', ctx, () => hubspot.conversations.listInboxes()),
    app.developerApiKey === undefined ? [] : explainSetup('channels', ctx, () => hubspot.customChannels.list()),
    app.isShared ? readState(owner, 'channel') : undefined,
  ])
  const inboxes = chooseInboxes(found, options.inboxes)
  const warn = (sentence: string) => logger.forBot().warn(sentence)
  const { channelId, refusedCapabilities, isNew } = await explainSetup('newChannel', ctx, () =>
    ensureChannel({ owner, hubspot, app, warn }, channels, options.withinMs),
  )
  const accounts = await explainSetup('accounts', ctx, () => connectInboxes(hubspot, channelId, inboxes)).catch(
    async (thrown: unknown) => {
      // An unused channel does no harm: a failure here must not hide the reason.
      if (isNew && !app.isShared) await hubspot.customChannels.remove(channelId).catch(() => undefined)
      throw thrown
    },
  )
  const defaultInboxId = inboxes[0].id
  const saved = { channelId, portalId, webhookUrl: app.targetUrl, defaultInboxId, accounts, refusedCapabilities }
  await saveChannel(owner, saved)
  // The channel of an own app can keep them: nothing but this installation uses it.
  if (former?.channelId === channelId) await switchOff(portal, without(former, accounts), warn)
  const names = inboxes.map((inbox) => `the ${inboxLabel(inbox)}`).join(' and ')
  logger.forBot().info(`Connected to ${names} of HubSpot account ${options.account}.`)
  return inboxes
}

/** Creates or re-enables an account of the channel for each inbox that has none. */
async function connectInboxes({ customChannels }: HubSpot, channelId: string, inboxes: ChosenInboxes) {
  const known = await customChannels.listAccounts(channelId)
  const accounts = new Map<string, ChannelState['accounts'][string]>()
  for (const { id: inboxId, name, type } of inboxes) {
    const there = accountOf(inboxId, known)
    if (there && !there.authorized) await customChannels.authorizeAccount(channelId, there.id, true)
    const { id } = there ?? (await newAccount(customChannels, channelId, inboxId))
    accounts.set(inboxId, { channelAccountId: id, name, type })
  }
  return Object.fromEntries(accounts)
}

/** What is connected to inboxes that are no longer among these. */
const without = (former: ChannelState, kept: ChannelState['accounts']): ChannelState => ({
  ...former,
  accounts: Object.fromEntries(Object.entries(former.accounts).filter(([inboxId]) => !Object.hasOwn(kept, inboxId))),
})

/** Disconnects inboxes in HubSpot and keeps their channel. Never rejects: warns of what HubSpot refuses. */
export async function switchOff(
  { hubspot, portalId }: Portal,
  { channelId, accounts, ...former }: ChannelState,
  warn: (sentence: string) => void,
): Promise<void> {
  if (former.portalId !== portalId) return
  for (const [id, { channelAccountId, ...inbox }] of Object.entries(accounts)) {
    try {
      await hubspot.customChannels.authorizeAccount(channelId, channelAccountId, false)
    } catch (thrown) {
      if (isHubSpotError(thrown, 'notFound')) continue
      warn(
        `HubSpot did not disconnect the ${inboxLabel({ id, ...inbox })}. Switch the channel "${DISPLAY_NAME}" off in HubSpot, in the settings of that inbox.`,
      )
    }
  }
}

async function newAccount(customChannels: HubSpot['customChannels'], channelId: string, inboxId: string) {
  const account = { inboxId, name: DISPLAY_NAME, deliveryIdentifier: accountIdentifier(inboxId) }
  try {
    return await customChannels.createAccount(channelId, account)
  } catch (thrown) {
    if (!isHubSpotError(thrown, 'conflict')) throw thrown
    // Another save has connected it at the same time.
    const there = accountOf(inboxId, await customChannels.listAccounts(channelId))
    if (there) return there
    throw thrown
  }
}

const accountOf = (inboxId: string, accounts: readonly ChannelAccount[]): ChannelAccount | undefined =>
  accounts.find((account) => account.inboxId === inboxId && !account.archived)

/** The first is the default, for cards that name no inbox. */
export type ChosenInboxes = readonly [Inbox, ...Inbox[]]

/** Ids that the owner entered in the form or chose from the list while authorizing. */
export type WantedInboxes = { ids: readonly string[]; from: 'form' | 'list' }

/** The wanted inboxes in this order, or the account's only one. Throws `RuntimeError` listing the available ones. */
export function chooseInboxes(inboxes: readonly Inbox[], wanted: WantedInboxes): ChosenInboxes {
  assertSomeInbox(inboxes)
  const ids = wanted.ids.length > 0 ? wanted.ids : inboxes.map(({ id }) => id)
  if (wanted.ids.length === 0 && ids.length > 1) {
    throw new RuntimeError(
      `${quotedField('inboxId')} is empty, but this HubSpot account has more than one inbox or help desk. Available: ${listedInboxes(inboxes)}. Enter one of these and save again, or click Authorize and choose from the list.`,
    )
  }
  const [first, ...others] = ids.flatMap((wantedId) => inboxes.find(({ id }) => id === wantedId) ?? [])
  if (first && others.length + 1 === ids.length) return [first, ...others]
  const unknown = ids.filter((wantedId) => !inboxes.some(({ id }) => id === wantedId))
  throw new RuntimeError(notFound(unknown, wanted, inboxes))
}

/** Throws `RuntimeError` when there is nothing to choose from. */
export function assertSomeInbox(inboxes: readonly Inbox[]): void {
  if (inboxes.length > 0) return
  throw new RuntimeError('This HubSpot account has no inbox and no help desk. Create one in HubSpot first.')
}

function notFound(unknown: readonly string[], { ids, from }: WantedInboxes, inboxes: readonly Inbox[]): string {
  const available = `Available: ${listedInboxes(inboxes)}.`
  if (from === 'list') {
    return `This HubSpot account no longer has the inbox or help desk ${unknown.join(', ')}, which was chosen while authorizing. ${available} Click Authorize and choose again.`
  }
  const named = unknown.map((id) => `${id} (${quotedField(id === ids[0] ? 'inboxId' : 'additionalInboxIds')})`)
  return `This HubSpot account has no inbox or help desk with the ID ${named.join(' or ')}. ${available} Enter one of these and save again.`
}
