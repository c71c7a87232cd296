import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { fieldTitle } from './configuration'
import { ExpiringMap } from './expiring-map'
import { readState, writeState, type InstallationKey, type StateOwner } from './states'
import { NOT_CONNECTED, type TokenStore } from './tokens'

export type ChannelState = bp.States['channel']

/** For example: help desk "Support". */
export const inboxLabel = ({ type, name }: Pick<ChannelState['accounts'][string], 'type' | 'name'>): string =>
  `${type === 'HELP_DESK' ? 'help desk' : 'inbox'} "${name}"`

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

/** Where a session opens. */
export type ConnectedInbox = { portalId: string; channelId: string; channelAccountId: string; inboxId: string }

/**
 * The inbox or help desk that the escalation card names, or the one for all cards that name none.
 * Throws `RuntimeError` with the list of those that are connected.
 */
export function inboxFor({ portalId, channelId, defaultInboxId, accounts }: ChannelState, named = ''): ConnectedInbox {
  const inboxId = named.trim() || defaultInboxId
  const connected = new Map(Object.entries(accounts))
  const account = connected.get(inboxId)
  if (account) return { portalId, channelId, channelAccountId: account.channelAccountId, inboxId }
  const list = [...connected].map(([id, inbox]) => `${id} (${inboxLabel(inbox)})`).join(', ')
  throw new RuntimeError(
    `"${fieldTitle('inboxId')}" of the escalation card is not connected: ${inboxId}. Connected: ${list}. Enter one of these in the card, or connect that one in the configuration of this integration.`,
  )
}
