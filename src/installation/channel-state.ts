import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import type { Inbox } from '../hubspot/schemas'
import { ExpiringMap } from './expiring-map'
import type { InstallationKey } from './key'
import { readState, writeState, type StateOwner } from './read-state'
import { NOT_CONNECTED, type TokenStore } from './tokens'

export type ChannelState = bp.States['channel']

/** For sentences, for example: help desk "Support" (481940). */
export const inboxLabel = (inbox: Inbox): string => `${kindAndName(inbox)} (${inbox.id})`

/** For people who have to enter one of them, for example: 481940 (help desk "Support"). */
export const listedInboxes = (inboxes: readonly Inbox[]): string =>
  inboxes.map((inbox) => `${inbox.id} (${kindAndName(inbox)})`).join(', ')

const kindAndName = ({ type, name }: Inbox): string => `${type === 'HELP_DESK' ? 'help desk' : 'inbox'} "${name}"`

/** A save in another process takes effect here within a minute. Until then the previous channel state keeps working. */
const cache = new ExpiringMap<InstallationKey, ChannelState>(60_000)

/** The channel and the inboxes of the connected account. Throws `RuntimeError` while there are none. */
export async function channelOf(owner: StateOwner, tokens: TokenStore): Promise<ChannelState> {
  const [channel, portalId] = await Promise.all([cache.get(owner.key) ?? read(owner), tokens.portalId()])
  if (channel && channel.portalId === portalId) return channel
  // One of the two may be cached from before the connection moved to another account.
  const [channelNow, portalIdNow] = await Promise.all([read(owner), tokens.portalIdNow()])
  if (channelNow && channelNow.portalId === portalIdNow) return channelNow
  throw new RuntimeError(NOT_CONNECTED)
}

/** The inboxes that are connected in this account, the default first. Bypasses the cache. */
export async function connectedInboxIds(owner: StateOwner, portalId: string): Promise<string[]> {
  const channel = await readState(owner, 'channel')
  if (channel?.portalId !== portalId) return []
  return [...new Set([channel.defaultInboxId, ...Object.keys(channel.accounts)])]
}

export async function saveChannel(owner: StateOwner, channel: ChannelState): Promise<void> {
  await writeState(owner, 'channel', channel)
  cache.set(owner.key, channel)
}

export async function forgetChannel(owner: StateOwner): Promise<void> {
  cache.delete(owner.key)
  await writeState(owner, 'channel', undefined)
}

async function read(owner: StateOwner): Promise<ChannelState | undefined> {
  const channel = await readState(owner, 'channel')
  return channel && cache.set(owner.key, channel)
}
