import { isDeepStrictEqual } from 'node:util'
import { CAPABILITIES } from '../hubspot/capabilities'
import type { HubSpot } from '../hubspot/client'
import type { Channel } from '../hubspot/schemas'
import { readState, writeState, type StateOwner } from '../installation/read-state'
import { waitUntil } from '../installation/wait-until'

const POLL = { pauseMs: 100, longestPauseMs: 5_000 }

/** After this long we assume the channel was never created. In milliseconds. */
const AWAITED_MS = 10 * 60_000

/** The channel's name as agents see it. */
export const DISPLAY_NAME = 'Botpress'

/** The channel to find or create, and the state that records it. */
export type DesiredChannel = { owner: StateOwner; hubspot: HubSpot; webhookUrl: string }

export type EnsuredChannel = {
  channelId: string
  /** Deletes the channel, but only if this save created it. */
  discard: () => Promise<void>
}

/** HubSpot has registered the channel but does not list it yet. The next attempt continues with the same channel. */
export class ChannelNotVisible extends Error {
  override readonly name = 'ChannelNotVisible'
}

/**
 * Finds and updates the channel whose webhooks come to us, or registers it and waits until HubSpot lists it.
 * Throws `ChannelNotVisible` after `withinMs`, and `HubSpotError`.
 */
export async function ensureChannel(
  desired: DesiredChannel,
  channels: readonly Channel[],
  withinMs: number,
): Promise<EnsuredChannel> {
  const { owner, hubspot, webhookUrl } = desired
  const existing = channels.find((channel) => channel.webhookUrl === webhookUrl)
  if (existing) {
    if (!isUpToDate(existing)) await hubspot.customChannels.update(existing.id, registration(webhookUrl))
    return { channelId: existing.id, discard: async () => {} }
  }
  const channelId = await newChannel(desired)
  await becomesVisible(hubspot, channelId, withinMs)
  await writeState(owner, 'setup', undefined)
  return {
    channelId,
    // A failure here must not hide the reason for discarding the channel. An unused channel does no harm.
    discard: () => hubspot.customChannels.remove(channelId).catch(() => undefined),
  }
}

const registration = (webhookUrl: string) => ({ name: DISPLAY_NAME, webhookUrl, capabilities: CAPABILITIES })

const isUpToDate = ({ capabilities }: Channel): boolean =>
  Object.entries(CAPABILITIES).every(([name, value]) => isDeepStrictEqual(capabilities[name], value))

/**
 * Records the channel at once: HubSpot lists it only after a while, and until then another save would create a second.
 */
async function newChannel({ owner, hubspot, webhookUrl }: DesiredChannel): Promise<string> {
  const created = (await readState(owner, 'setup'))?.newChannel
  if (created?.webhookUrl === webhookUrl && Date.now() - created.createdAt < AWAITED_MS) return created.channelId
  const { id: channelId } = await hubspot.customChannels.create(registration(webhookUrl))
  await writeState(owner, 'setup', { newChannel: { channelId, webhookUrl, createdAt: Date.now() } })
  return channelId
}

async function becomesVisible(hubspot: HubSpot, channelId: string, withinMs: number): Promise<void> {
  const look = async () => (await hubspot.customChannels.list()).find(({ id }) => id === channelId)
  const shown = await waitUntil(look, { withinMs, ...POLL })
  if (!shown) throw new ChannelNotVisible('HubSpot does not show the new channel yet')
}
