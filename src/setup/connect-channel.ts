import type * as bp from '../bp'
import type { HubSpot } from '../hubspot/client'
import { isHubSpotError } from '../hubspot/errors'
import type { ChannelAccount, Inbox } from '../hubspot/schemas'
import { inboxLabel, saveChannel, type ChannelState } from '../installation/channel-state'
import type { Portal } from '../installation/connection'
import { inTurn } from '../installation/in-turn'
import { accountIdentifier } from '../session/session'
import { chooseInboxes, type ChosenInboxes, type WantedInboxes } from './choose-inboxes'
import { DISPLAY_NAME, ensureChannel } from './ensure-channel'
import { explainSetup } from './explain-setup'

type Props = Pick<bp.HandlerProps, 'ctx' | 'logger'> & { portal: Portal }

type Options = {
  webhookUrl: string
  inboxes: WantedInboxes
  /** The account as people know it. */
  account: string
  /** How long to wait for a new channel, in milliseconds. */
  withinMs: number
}

/**
 * Connects the channel to the inboxes, stores the result and logs it for the owner. Reuses what exists and creates what is
 * missing, but creates nothing until every inbox is known to exist. A channel created here is deleted again if an inbox
 * cannot be connected. Runs one at a time for an installation: two tabs or clicks at once would create two channels.
 * Throws `RuntimeError` with the reason, and `ChannelNotVisible` when HubSpot needs longer.
 */
export const connectChannel = (props: Props, options: Options): Promise<ChosenInboxes> =>
  inTurn(`${props.portal.key} channel`, () => connect(props, options))

async function connect(props: Props, options: Options): Promise<ChosenInboxes> {
  const { ctx, logger, portal } = props
  const { hubspot, owner, portalId } = portal
  const { webhookUrl, withinMs } = options
  const [found, channels] = await Promise.all([
    explainSetup('inboxes', ctx, () => hubspot.conversations.listInboxes()),
    explainSetup('channels', ctx, () => hubspot.customChannels.list()),
  ])
  const inboxes = chooseInboxes(found, options.inboxes)
  const warn = (sentence: string) => logger.forBot().warn(sentence)
  const { channelId, refusedCapabilities, discard } = await explainSetup('newChannel', ctx, () =>
    ensureChannel({ owner, hubspot, webhookUrl, warn }, channels, withinMs),
  )
  const accounts = await explainSetup('accounts', ctx, () => connectInboxes(hubspot, channelId, inboxes)).catch(
    async (thrown: unknown) => {
      await discard()
      throw thrown
    },
  )
  const defaultInboxId = inboxes[0].id
  await saveChannel(owner, {
    channelId,
    portalId,
    webhookUrl,
    defaultInboxId,
    accounts,
    ...(refusedCapabilities === undefined ? {} : { refusedCapabilities }),
  })
  const names = inboxes.map((inbox) => `the ${inboxLabel(inbox)}`).join(' and ')
  logger.forBot().info(`Connected to ${names} of HubSpot account ${options.account}.`)
  return inboxes
}

async function connectInboxes(
  hubspot: HubSpot,
  channelId: string,
  inboxes: ChosenInboxes,
): Promise<ChannelState['accounts']> {
  const known = await hubspot.customChannels.listAccounts(channelId)
  const accounts: ChannelState['accounts'] = {}
  for (const inbox of inboxes) {
    const channelAccountId = await connectInbox(hubspot, channelId, inbox, known)
    accounts[inbox.id] = { channelAccountId, name: inbox.name, type: inbox.type }
  }
  return accounts
}

/** Returns the id of the inbox's channel account, creating or re-enabling it if necessary. */
async function connectInbox(
  hubspot: HubSpot,
  channelId: string,
  inbox: Inbox,
  known: readonly ChannelAccount[],
): Promise<string> {
  const account = accountOf(inbox, known)
  if (account) {
    if (!account.authorized) await hubspot.customChannels.authorizeAccount(channelId, account.id)
    return account.id
  }
  try {
    const { id } = await hubspot.customChannels.createAccount(channelId, {
      inboxId: inbox.id,
      name: DISPLAY_NAME,
      deliveryIdentifier: accountIdentifier(inbox.id),
    })
    return id
  } catch (thrown) {
    // Another save has connected it at the same time.
    if (!isHubSpotError(thrown, 'conflict')) throw thrown
    const there = accountOf(inbox, await hubspot.customChannels.listAccounts(channelId))
    if (there) return there.id
    throw thrown
  }
}

const accountOf = (inbox: Inbox, accounts: readonly ChannelAccount[]): ChannelAccount | undefined =>
  accounts.find(({ inboxId, archived }) => inboxId === inbox.id && !archived)
