import type * as bp from '../bp'
import type { HubSpot } from '../hubspot/client'
import type { Channel, ChannelAccount, Inbox } from '../hubspot/schemas'
import { saveChannelState, type ChannelState } from '../session/channel-state'
import type { Connection } from '../session/connection'
import { accountIdentifier } from '../session/session'
import type { ChosenInboxes } from './choose-inbox'
import { DISPLAY_NAME, ensureChannel } from './ensure-channel'
import { explainSetup } from './explain-setup'

type Props = { ctx: bp.Context; client: bp.Client; connection: Connection; webhookUrl: string }

type Wish = {
  inboxes: ChosenInboxes
  /** Those of the app, as HubSpot lists them now. */
  channels: readonly Channel[]
  /** How long a new channel is waited for, in milliseconds. */
  withinMs: number
}

/**
 * Connects the channel to the inboxes and stores that: reuses what is there and makes what is missing. A channel made
 * here is deleted again if an inbox cannot be connected.
 * Throws `RuntimeError` with the reason, `ChannelNotVisible` when HubSpot needs longer.
 */
export async function connectChannel({ ctx, client, connection, webhookUrl }: Props, wish: Wish): Promise<void> {
  const { hubspot } = connection
  const { integrationId } = ctx
  const { channelId, discard } = await explainSetup('newChannel', ctx, () =>
    ensureChannel({ client, integrationId, hubspot, webhookUrl }, wish.channels, wish.withinMs),
  )
  const accounts = await explainSetup('accounts', ctx, () => connectInboxes(hubspot, channelId, wish.inboxes)).catch(
    async (thrown: unknown) => {
      await discard()
      throw thrown
    },
  )
  await saveChannelState(client, integrationId, {
    channelId,
    webhookUrl,
    defaultInboxId: wish.inboxes[0].id,
    accounts,
  })
}

async function connectInboxes(
  hubspot: HubSpot,
  channelId: string,
  inboxes: ChosenInboxes,
): Promise<ChannelState['accounts']> {
  const known = await hubspot.customChannels.listAccounts(channelId)
  const accounts: ChannelState['accounts'] = {}
  for (const inbox of inboxes) {
    const { id: channelAccountId } = await connectInbox(hubspot, channelId, inbox, known)
    accounts[inbox.id] = { channelAccountId, name: inbox.name, type: inbox.type }
  }
  return accounts
}

/** Finds the inbox connected or connects it; an account that somebody disabled is turned on again. */
async function connectInbox(hubspot: HubSpot, channelId: string, inbox: Inbox, known: readonly ChannelAccount[]) {
  const account = known.find(({ inboxId, archived }) => inboxId === inbox.id && !archived)
  if (account?.authorized) return account
  if (account) return hubspot.customChannels.authorizeAccount(channelId, account.id)
  return hubspot.customChannels.createAccount(channelId, {
    inboxId: inbox.id,
    name: DISPLAY_NAME,
    deliveryIdentifier: accountIdentifier(inbox.id),
  })
}
