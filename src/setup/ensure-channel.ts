import { createHash } from 'node:crypto'
import { CAPABILITIES } from '../hubspot/capabilities'
import type { HubSpot } from '../hubspot/client'
import { isHubSpotError } from '../hubspot/errors'
import type { Channel } from '../hubspot/schemas'
import type { ChannelState } from '../installation/channel-state'
import { details } from '../installation/explain'
import { readState, writeState, type StateOwner } from '../installation/states'
import { waitUntil } from '../installation/async'

const POLL = { pauseMs: 100, longestPauseMs: 5_000 }

/** After this long we assume the channel was never created. In milliseconds. */
const AWAITED_MS = 10 * 60_000

/** The name of the channel that agents see. */
export const DISPLAY_NAME = 'Botpress'

/** The channel to find or create, and the state that records it; `warn` writes to the owner's log. */
export type DesiredChannel = {
  owner: StateOwner
  hubspot: HubSpot
  webhookUrl: string
  warn: (sentence: string) => void
}

export type EnsuredChannel = {
  channelId: string
  /** A fingerprint of the capabilities, if HubSpot has refused them. */
  refusedCapabilities: string | undefined
  /** Deletes the channel, but only if this save created it. */
  discard: () => Promise<void>
}

/** HubSpot has registered the channel and does not show it yet: the next save finds it and continues. */
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
  const shown = channels.find((channel) => channel.webhookUrl === webhookUrl)
  if (shown && isUpToDate(shown)) return existing(shown)
  const stored = await readState(owner, 'channel')
  const known = shown ?? channels.find((channel) => isStored(channel, stored, webhookUrl))
  if (known) return existing(known, await updated(desired, known, stored))
  const channelId = await newChannel(desired)
  const visible = await becomesVisible(hubspot, channelId, withinMs)
  await writeState(owner, 'setup', undefined)
  const [oldest] = visible.filter((channel) => channel.webhookUrl === webhookUrl).sort(byAge)
  if (oldest && oldest.id !== channelId) {
    // Another save has created one at the same time. Both keep the older one.
    await hubspot.customChannels.remove(channelId).catch(() => undefined)
    return existing(oldest)
  }
  return {
    channelId,
    refusedCapabilities: undefined,
    // A failure here must not hide the reason for discarding the channel. An unused channel does no harm.
    discard: () => hubspot.customChannels.remove(channelId).catch(() => undefined),
  }
}

const registration = (webhookUrl: string) => ({ name: DISPLAY_NAME, webhookUrl, capabilities: CAPABILITIES })

const existing = ({ id }: Channel, refusedCapabilities?: string): EnsuredChannel => ({
  channelId: id,
  refusedCapabilities,
  discard: async () => {},
})

/** HubSpot need not show where a channel's webhooks go. */
const isStored = ({ id, webhookUrl }: Channel, stored: ChannelState | undefined, ours: string): boolean =>
  webhookUrl === undefined && stored?.webhookUrl === ours && stored.channelId === id

/** HubSpot may show capabilities in another order, and with some of its own. */
const isUpToDate = ({ capabilities = {} }: Channel): boolean =>
  Object.entries(CAPABILITIES).every(([name, wanted]) => {
    const shown = capabilities[name]
    if (!Array.isArray(wanted)) return String(shown) === String(wanted)
    return Array.isArray(shown) && wanted.every((each) => shown.includes(each))
  })

/**
 * Brings the capabilities up to date. A channel works with its former ones as well, so a refusal is a warning: resolves
 * to the fingerprint of what was refused, which is asked for once. Throws `HubSpotError` when another try may succeed.
 */
async function updated(
  { hubspot, webhookUrl, warn }: DesiredChannel,
  { id, capabilities: _, createdAt: __, ...shown }: Channel,
  stored: ChannelState | undefined,
): Promise<string | undefined> {
  if (stored?.channelId === id && stored.refusedCapabilities === FINGERPRINT) return FINGERPRINT
  try {
    const { name = DISPLAY_NAME, ...others } = shown
    await hubspot.customChannels.update(id, { ...others, ...registration(webhookUrl), name })
    return undefined
  } catch (thrown) {
    if (!isHubSpotError(thrown) || isHubSpotError(thrown, 'auth', 'rateLimit', 'unavailable')) throw thrown
    warn(
      `HubSpot did not accept the current settings of the channel "${DISPLAY_NAME}" (${details(thrown)}). It keeps its former settings and works, but newer features may be missing.`,
    )
    return FINGERPRINT
  }
}

const FINGERPRINT = createHash('sha256').update(JSON.stringify(CAPABILITIES)).digest('hex')

/** Stored as soon as it is created: HubSpot lists it only after a while, and until then it would be created again. */
async function newChannel({ owner, hubspot, webhookUrl }: DesiredChannel): Promise<string> {
  const made = (await readState(owner, 'setup'))?.newChannel
  if (made?.webhookUrl === webhookUrl && Date.now() - made.createdAt < AWAITED_MS) return made.channelId
  const { id: channelId } = await hubspot.customChannels.create(registration(webhookUrl))
  await writeState(owner, 'setup', { newChannel: { channelId, webhookUrl, createdAt: Date.now() } })
  return channelId
}

/** Resolves to all channels, once the new one is among them. Throws `ChannelNotVisible`. */
async function becomesVisible(hubspot: HubSpot, channelId: string, withinMs: number): Promise<Channel[]> {
  const look = async () => {
    const channels = await hubspot.customChannels.list()
    return channels.some(({ id }) => id === channelId) ? channels : undefined
  }
  const shown = await waitUntil(look, { withinMs, ...POLL })
  if (!shown) throw new ChannelNotVisible('HubSpot does not show the new channel yet')
  return shown
}

const byAge = (a: Channel, b: Channel): number =>
  (a.createdAt ?? '').localeCompare(b.createdAt ?? '') || Number(a.id) - Number(b.id)
