import type * as bp from '../bp'
import { requireState } from './read-state'

export type ChannelState = bp.States['channel']

/** A save in another process shows after at most this long; until then the former channel state goes on working. */
const CACHE_MS = 60_000

const cache = new Map<string, { channel: ChannelState; until: number }>()

/** The channel and its inboxes as the last save left them. Throws `RuntimeError` before the first save. */
export async function channelState(client: bp.Client, integrationId: string): Promise<ChannelState> {
  const cached = cache.get(integrationId)
  if (cached && cached.until > Date.now()) return cached.channel
  return remember(integrationId, await requireState(client, integrationId, 'channel'))
}

export async function saveChannelState(client: bp.Client, integrationId: string, channel: ChannelState): Promise<void> {
  await client.setState({ id: integrationId, type: 'integration', name: 'channel', payload: channel })
  remember(integrationId, channel)
}

export async function forgetChannelState(client: bp.Client, integrationId: string): Promise<void> {
  cache.delete(integrationId)
  await client.setState({ id: integrationId, type: 'integration', name: 'channel', payload: null })
}

function remember(integrationId: string, channel: ChannelState): ChannelState {
  cache.set(integrationId, { channel, until: Date.now() + CACHE_MS })
  return channel
}
