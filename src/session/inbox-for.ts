import { RuntimeError } from '@botpress/sdk'
import type { ChannelState } from '../installation/channel-state'
import { fieldTitle } from '../installation/configuration'
import { inboxLabel } from '../installation/channel-state'

/** Where a session opens. */
export type ConnectedInbox = { portalId: string; channelId: string; channelAccountId: string; inboxId: string }

/**
 * The inbox or help desk that the escalation card names, or the one for all cards that name none.
 * Throws `RuntimeError` with the list of those that are connected.
 */
export function inboxFor({ portalId, channelId, defaultInboxId, accounts }: ChannelState, named = ''): ConnectedInbox {
  const inboxId = named.trim() || defaultInboxId
  const account = accounts[inboxId]
  if (account) return { portalId, channelId, channelAccountId: account.channelAccountId, inboxId }
  const connected = Object.entries(accounts).map(([id, inbox]) => `${id} (${inboxLabel(inbox)})`)
  throw new RuntimeError(
    `"${fieldTitle('inboxId')}" of the escalation card is not connected: ${inboxId}. Connected: ${connected.join(', ')}. Enter one of these in the card, or connect that one in the configuration of this integration.`,
  )
}
