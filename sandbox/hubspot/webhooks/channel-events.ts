import { randomUUID } from 'node:crypto'
import type { ChannelAccount, Message } from '../state/model'
import { isoNow, type StoredThread, type World } from '../state/world'

/** An agent wrote to the customer: the channel is told so that it can carry the message. */
export function tellOutgoingMessage(world: World, message: Message, { integrationThreadId }: StoredThread): void {
  tellChannel(world, message.channelId, {
    type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
    eventId: randomUUID(),
    ...(integrationThreadId !== undefined && { channelIntegrationThreadIds: [integrationThreadId] }),
    message: { ...message, inReplyToId: message.inReplyToId ?? null },
  })
}

export function tellAccountChange(world: World, account: ChannelAccount, change: 'CREATED' | 'UPDATED'): void {
  tellChannel(world, account.channelId, {
    type: `CHANNEL_ACCOUNT_${change}`,
    channelAccountId: account.id,
    ...(account.deliveryIdentifier && { channelAccountDeliveryIdentifier: account.deliveryIdentifier }),
    ...(change === 'UPDATED' && { authorized: account.authorized }),
  })
}

/** Here, unlike in app events, the portal and the channel are strings. */
function tellChannel(world: World, channelId: string, facts: Record<string, unknown>): void {
  const url = world.channels.get(channelId)?.channel.webhookUrl
  if (url === undefined) return
  const { type, ...rest } = facts
  const portalId = String(world.options.portalId)
  const body = JSON.stringify({ type, portalId, channelId, eventTimestamp: isoNow(world), ...rest })
  world.courier.send({ kind: 'channel', url, bodyFor: () => body })
}
