import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type * as bp from '../bp'
import { CAPABILITIES } from '../hubspot/capabilities'
import type { HubSpot } from '../hubspot/client'
import type { Channel } from '../hubspot/schemas'
import { readSetup, saveSetup } from '../installation/setup-state'

const FIRST_POLL_MS = 100
const SLOWEST_POLL_MS = 5_000

/** A channel that HubSpot does not show after so long will not come any more. In milliseconds. */
const AWAITED_MS = 10 * 60_000

/** How the channel is called where the agent sees it. */
export const DISPLAY_NAME = 'Botpress'

/** Where the channel is kept and what it has to be. */
export type ChannelWish = { client: bp.Client; integrationId: string; hubspot: HubSpot; webhookUrl: string }

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
  await forgetNewChannel(wish)
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
async function newChannel({ client, integrationId, hubspot, webhookUrl }: ChannelWish): Promise<string> {
  const setup = await readSetup(client, integrationId)
  const { newChannel: made } = setup
  if (made?.webhookUrl === webhookUrl && Date.now() - made.createdAt < AWAITED_MS) return made.channelId
  const { id: channelId } = await hubspot.customChannels.create(registration(webhookUrl))
  await saveSetup(client, integrationId, { ...setup, newChannel: { channelId, webhookUrl, createdAt: Date.now() } })
  return channelId
}

/** Read anew: somebody may have used a link while the channel was waited for. */
async function forgetNewChannel({ client, integrationId }: ChannelWish): Promise<void> {
  const { newChannel: _shown, ...setup } = await readSetup(client, integrationId)
  await saveSetup(client, integrationId, setup)
}

async function becomesVisible(hubspot: HubSpot, channelId: string, withinMs: number): Promise<void> {
  const until = Date.now() + withinMs
  for (let delay = FIRST_POLL_MS; ; delay = Math.min(SLOWEST_POLL_MS, delay * 2)) {
    const channels = await hubspot.customChannels.list()
    if (channels.some(({ id }) => id === channelId)) return
    if (Date.now() + delay > until) throw new ChannelNotVisible('HubSpot does not show the new channel yet')
    await sleep(delay)
  }
}
