import { isDeepStrictEqual } from 'node:util'
import { CAPABILITIES } from '../hubspot/capabilities'
import type { HubSpot } from '../hubspot/client'
import type { Channel } from '../hubspot/schemas'
import { readState, writeState, type StateOwner } from '../installation/read-state'
import { waitUntil } from '../installation/wait-until'

const POLL = { pauseMs: 100, longestPauseMs: 5_000 }

/** After this long we assume the channel was never created. In milliseconds. */
const AWAITED_MS = 10 * 60_000

/** How the channel is called where the agent sees it. */
export const DISPLAY_NAME = 'Botpress'

/** Where the channel is kept and what it has to be. */
export type ChannelWish = { owner: StateOwner; hubspot: HubSpot; webhookUrl: string }

export type EnsuredChannel = {
  channelId: string
  /** Deletes the channel if it was made here, and only then. */
  discard: () => Promise<void>
}

/** HubSpot has registered the channel and does not show it yet: the next try finds it and goes on from there. */
export class ChannelNotVisible extends Error {
  override readonly name = 'ChannelNotVisible'
}

/**
 * The channel whose webhooks come to us: found and brought up to date, or registered and waited for.
 * Throws `ChannelNotVisible` after `withinMs`, `HubSpotError` when HubSpot refuses.
 */
export async function ensureChannel(
  wish: ChannelWish,
  channels: readonly Channel[],
  withinMs: number,
): Promise<EnsuredChannel> {
  const { hubspot, webhookUrl } = wish
  const existing = channels.find((channel) => channel.webhookUrl === webhookUrl)
  if (existing) {
    if (!isUpToDate(existing)) await hubspot.customChannels.update(existing.id, registration(webhookUrl))
    return { channelId: existing.id, discard: async () => {} }
  }
  const channelId = await newChannel(wish)
  await becomesVisible(hubspot, channelId, withinMs)
  await writeState(wish.owner, 'setup', undefined)
  return {
    channelId,
    // The reason why it is discarded matters more to the owner than a channel that stays unused.
    discard: () => hubspot.customChannels.remove(channelId).catch(() => undefined),
  }
}

const registration = (webhookUrl: string) => ({ name: DISPLAY_NAME, webhookUrl, capabilities: CAPABILITIES })

const isUpToDate = ({ capabilities }: Channel): boolean =>
  Object.entries(CAPABILITIES).every(([name, value]) => isDeepStrictEqual(capabilities[name], value))

/** Remembered as soon as it is made: HubSpot lists it only after a while, and until then it would be made again. */
async function newChannel({ owner, hubspot, webhookUrl }: ChannelWish): Promise<string> {
  const made = (await readState(owner, 'setup'))?.newChannel
  if (made?.webhookUrl === webhookUrl && Date.now() - made.createdAt < AWAITED_MS) return made.channelId
  const { id: channelId } = await hubspot.customChannels.create(registration(webhookUrl))
  await writeState(owner, 'setup', { newChannel: { channelId, webhookUrl, createdAt: Date.now() } })
  return channelId
}

async function becomesVisible(hubspot: HubSpot, channelId: string, withinMs: number): Promise<void> {
  const look = async () => (await hubspot.customChannels.list()).find(({ id }) => id === channelId)
  const shown = await waitUntil(look, { withinMs, ...POLL })
  if (!shown) throw new ChannelNotVisible('HubSpot does not show the new channel yet')
}
