import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { RuntimeError } from '@botpress/sdk'
import { CAPABILITIES } from '../hubspot/capabilities'
import type { HubSpot } from '../hubspot/client'
import type { Channel } from '../hubspot/schemas'
import { DISPLAY_NAME } from './connect-inbox'

/** HubSpot shows a new channel after a while, sometimes after more than half a minute. */
const VISIBLE_WITHIN_MS = 60_000
const FIRST_POLL_MS = 100
const SLOWEST_POLL_MS = 5_000

export type EnsuredChannel = {
  channelId: string
  /** Deletes the channel if it was made here, and only then. */
  discard: () => Promise<void>
}

/** The channel whose webhooks come to us: found and brought up to date, or registered and waited for. */
export async function ensureChannel(
  hubspot: HubSpot,
  channels: readonly Channel[],
  webhookUrl: string,
): Promise<EnsuredChannel> {
  const registration = { name: DISPLAY_NAME, webhookUrl, capabilities: CAPABILITIES }
  const existing = channels.find((channel) => channel.webhookUrl === webhookUrl)
  if (existing) {
    if (!isUpToDate(existing)) await hubspot.customChannels.update(existing.id, registration)
    return { channelId: existing.id, discard: async () => {} }
  }
  const { id: channelId } = await hubspot.customChannels.create(registration)
  await becomesVisible(hubspot, channelId)
  return {
    channelId,
    // The reason why it is discarded matters more to the owner than a channel that stays unused.
    discard: () => hubspot.customChannels.remove(channelId).catch(() => undefined),
  }
}

const isUpToDate = ({ capabilities }: Channel): boolean =>
  Object.entries(CAPABILITIES).every(([name, value]) => isDeepStrictEqual(capabilities[name], value))

async function becomesVisible(hubspot: HubSpot, channelId: string): Promise<void> {
  const until = Date.now() + VISIBLE_WITHIN_MS
  for (let delay = FIRST_POLL_MS; Date.now() < until; delay = Math.min(SLOWEST_POLL_MS, delay * 2)) {
    const channels = await hubspot.customChannels.list()
    if (channels.some(({ id }) => id === channelId)) return
    await sleep(delay)
  }
  // The channel stays: the next save finds it by its webhook URL and goes on from there.
  throw new RuntimeError(
    'HubSpot has registered the channel but does not show it yet, which can take more than a minute. Wait a moment and save again.',
  )
}
