import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { oneLine } from '../content/to-agent/split'
import type { Inbox } from '../hubspot/schemas'
import { IN_FORM, quotedField } from './configuration'
import { ExpiringMap } from './expiring-map'
import { readState, writeState, type InstallationKey, type StateOwner } from './states'
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

/** Where a session opens. */
export type ConnectedInbox = { portalId: string; channelId: string; channelAccountId: string; inboxId: string }

/**
 * The inbox or help desk that the escalation card names by ID or name, or the one for all cards that name none.
 * Throws `RuntimeError` with the list of those that are connected.
 */
export function inboxFor({ portalId, channelId, defaultInboxId, accounts }: ChannelState, named = ''): ConnectedInbox {
  const connected = Object.entries(accounts).map(([id, account]) => ({ id, ...account }))
  const wanted = named.trim() || defaultInboxId
  const [inbox, ...others] = inboxesNamed(wanted, connected)
  if (inbox && others.length === 0) {
    return { portalId, channelId, channelAccountId: inbox.channelAccountId, inboxId: inbox.id }
  }
  const problem = inbox ? 'is the name of several' : 'is not connected'
  throw new RuntimeError(
    `${quotedField('inboxId')} of the escalation card ${problem}: ${oneLine(wanted)}. Connected: ${listedInboxes(connected)}. Enter one of these in the card${inbox ? '' : `, or connect it ${IN_FORM}`}.`,
  )
}

/** An ID takes precedence over names. A name may also be written as our own sentences do, with kind and ID. */
function inboxesNamed<T extends Inbox>(named: string, inboxes: readonly T[]): T[] {
  const byId = inboxes.filter(({ id }) => id === named)
  const isNamed = (inbox: T) =>
    [inbox.name, inboxLabel(inbox), listedInboxes([inbox])].some((text) => plain(text) === plain(named))
  return byId.length > 0 ? byId : inboxes.filter(isNamed)
}

/** What people type differently: case, blanks, and quotes around a name. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/["'“”„‘’«»]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
