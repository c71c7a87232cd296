import type { HubSpot } from '../hubspot/client'
import type { ChannelAccount, Inbox } from '../hubspot/schemas'
import { accountIdentifier } from '../session/session'

/** How the channel is called where the agent sees it. */
export const DISPLAY_NAME = 'Botpress'

/** Connects the channel to an inbox, or finds it connected; an account that somebody disabled is turned on again. */
export async function connectInbox(hubspot: HubSpot, channelId: string, inbox: Inbox): Promise<ChannelAccount> {
  const accounts = await hubspot.customChannels.listAccounts(channelId)
  const account = accounts.find(({ inboxId, archived }) => inboxId === inbox.id && !archived)
  if (account?.authorized) return account
  if (account) return hubspot.customChannels.authorizeAccount(channelId, account.id)
  return hubspot.customChannels.createAccount(channelId, {
    inboxId: inbox.id,
    name: DISPLAY_NAME,
    deliveryIdentifier: accountIdentifier(inbox.id),
  })
}
