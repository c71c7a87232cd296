import { RuntimeError } from '@botpress/sdk'
import { CAPABILITIES, FEWER_CAPABILITIES } from '../hubspot/custom-channels'
import type { HubSpot } from '../hubspot/client'
import { isHubSpotError, type HubSpotError } from '../hubspot/errors'
import type { Channel } from '../hubspot/schemas'
import type { App } from '../installation/app'
import type { ChannelState } from '../installation/channel-state'
import { details, NO_SUCH_CHANNEL } from '../installation/explain'
import { hashOf } from '../installation/issued-tokens'
import { readState, writeState, type StateOwner } from '../installation/states'
import { waitUntil } from '../installation/async'

const POLL = { pauseMs: 100, longestPauseMs: 5_000 }

/** After this long we assume the channel was never created. In milliseconds. */
const AWAITED_MS = 10 * 60_000

/** The name of the channel that agents see. */
export const DISPLAY_NAME = 'Botpress'

/** `warn` writes to the owner's log. */
type Props = {
  owner: StateOwner
  hubspot: HubSpot
  app: Pick<App, 'targetUrl' | 'channelId' | 'developerApiKey' | 'isShared'>
  warn: (sentence: string) => void
}

/** `refusedCapabilities` is a fingerprint of what HubSpot has refused; `isNew` means that this save created it. */
export type EnsuredChannel = { channelId: string; refusedCapabilities?: string | undefined; isNew?: true }

/** HubSpot has registered the channel and does not show it yet: the next save finds it and continues. */
export class ChannelNotVisible extends Error {
  override readonly name = 'ChannelNotVisible'
}

/**
 * Finds and updates the channel whose webhooks come to us, or registers it and waits until HubSpot lists it. `channels` are
 * the app's; without a developer key they are unknown. Throws `ChannelNotVisible` after `withinMs`, `HubSpotError`, and
 * `RuntimeError` if the publisher names a channel that the app does not have.
 */
export async function ensureChannel(
  props: Props,
  channels: readonly Channel[],
  withinMs: number,
): Promise<EnsuredChannel> {
  const { owner, hubspot, app } = props
  const { targetUrl, channelId: named } = app
  if (named !== undefined && app.developerApiKey === undefined) return { channelId: named }
  const shown = named === undefined ? oldestOf(channels, targetUrl) : channels.find(({ id }) => id === named)
  if (shown && has(shown, CAPABILITIES) && (shown.webhookUrl ?? targetUrl) === targetUrl) return { channelId: shown.id }
  if (named !== undefined && !shown) throw new RuntimeError(NO_SUCH_CHANNEL)
  const stored = await readState(owner, 'channel')
  // HubSpot need not show where a channel's webhooks go.
  const isStored = ({ id, webhookUrl: url }: Channel) =>
    url === undefined && stored?.webhookUrl === targetUrl && stored.channelId === id
  const known = shown ?? channels.find(isStored)
  if (known) return { channelId: known.id, refusedCapabilities: await updated(props, known, stored) }
  const made = await newChannel(props)
  const look = async () => {
    const all = await hubspot.customChannels.list()
    return all.some(({ id }) => id === made.channelId) ? all : undefined
  }
  const visible = await waitUntil(look, { withinMs, ...POLL })
  if (!visible) throw new ChannelNotVisible('HubSpot does not show the new channel yet')
  await writeState(owner, 'setup', undefined)
  const oldest = oldestOf(visible, targetUrl)
  if (!oldest || oldest.id === made.channelId) return { ...made, isNew: true }
  // Another save has created one at the same time. Both keep the older one. A third may have chosen ours if it is shared.
  if (!app.isShared) await hubspot.customChannels.remove(made.channelId).catch(() => undefined)
  return { channelId: oldest.id }
}

/** The first channel that was registered for an address. Several saves at once can register more. */
export const oldestOf = (channels: readonly Channel[], targetUrl: string): Channel | undefined =>
  channels
    .filter(({ webhookUrl }) => webhookUrl === targetUrl)
    .sort((a, b) => (a.createdAt ?? '').localeCompare(b.createdAt ?? '') || Number(a.id) - Number(b.id))[0]

/** HubSpot may show capabilities in another order, and with some of its own. */
const has = ({ capabilities = {} }: Channel, wanted: typeof CAPABILITIES): boolean =>
  Object.entries(wanted).every(([name, value]) => {
    const shown = capabilities[name]
    if (!Array.isArray(value)) return String(shown) === String(value)
    return Array.isArray(shown) && value.every((each) => shown.includes(each))
  })

/**
 * Brings the capabilities up to date. A channel works with its former ones as well, so a refusal is a warning: resolves
 * to the fingerprint of what was refused, which is asked for once. Throws `HubSpotError` when another try may succeed.
 */
async function updated({ hubspot, app, warn }: Props, channel: Channel, stored: ChannelState | undefined) {
  const { id, capabilities: _, createdAt: __, name = DISPLAY_NAME, ...others } = channel
  // Without its address a channel is of no use, whatever it can do.
  const isAddressed = (channel.webhookUrl ?? app.targetUrl) === app.targetUrl
  if (isAddressed && stored?.channelId === id && stored.refusedCapabilities === FINGERPRINT) return FINGERPRINT
  const update = (capabilities: typeof CAPABILITIES) =>
    hubspot.customChannels.update(id, { ...others, name, webhookUrl: app.targetUrl, capabilities })
  const isLasting = (thrown: unknown): thrown is HubSpotError =>
    isHubSpotError(thrown) && !isHubSpotError(thrown, 'auth', 'rateLimit', 'unavailable')
  try {
    await update(CAPABILITIES)
    return undefined
  } catch (thrown) {
    if (!isLasting(thrown)) throw thrown
    warn(tooMuch(thrown))
    if (isAddressed && has(channel, FEWER_CAPABILITIES)) return FINGERPRINT
    await update(FEWER_CAPABILITIES).catch((again: unknown) => {
      if (!isLasting(again)) throw again
    })
    return FINGERPRINT
  }
}

const FINGERPRINT = hashOf(JSON.stringify(CAPABILITIES))

const tooMuch = (error: HubSpotError): string =>
  `HubSpot did not accept all settings of the channel "${DISPLAY_NAME}" (${details(error)}). The channel works, but agents may lack some formats and inline pictures.`

/** Stored as soon as it is created: HubSpot lists it only after a while, and until then it would be created again. */
async function newChannel({ owner, hubspot, app, warn }: Props) {
  const webhookUrl = app.targetUrl
  const made = (await readState(owner, 'setup'))?.newChannel
  if (made?.webhookUrl === webhookUrl && Date.now() - made.createdAt < AWAITED_MS) return { channelId: made.channelId }
  const create = (capabilities: typeof CAPABILITIES) =>
    hubspot.customChannels.create({ name: DISPLAY_NAME, webhookUrl, capabilities })
  let refusal: HubSpotError | undefined
  const { id: channelId } = await create(CAPABILITIES).catch((thrown: unknown) => {
    if (!isHubSpotError(thrown, 'validation') || thrown.status === 403) throw thrown
    refusal = thrown
    return create(FEWER_CAPABILITIES)
  })
  await writeState(owner, 'setup', { newChannel: { channelId, webhookUrl, createdAt: Date.now() } })
  if (!refusal) return { channelId }
  warn(tooMuch(refusal))
  return { channelId, refusedCapabilities: FINGERPRINT }
}
