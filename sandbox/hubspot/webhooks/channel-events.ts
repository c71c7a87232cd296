import { randomUUID } from 'node:crypto'
import type { ChannelAccount, Message } from '../state/model'
import { shapedChannelEvent } from '../shapes/webhooks'
import { isoNow, portalOf, type StoredThread, type World } from '../state/world'

/** An agent wrote to the customer: the channel gets a webhook, so that it delivers the message. */
export function tellOutgoingMessage(world: World, message: Message, stored: StoredThread): void {
  const { integrationThreadId, thread } = stored
  tellChannel(
    world,
    { channelId: message.channelId, inboxId: thread.inboxId },
    {
      type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
      eventId: randomUUID(),
      ...(integrationThreadId !== undefined && { channelIntegrationThreadIds: [integrationThreadId] }),
      message: { ...message, inReplyToId: message.inReplyToId ?? null },
    },
  )
}

export function tellAccountChange(
  world: World,
  account: ChannelAccount,
  change: 'CREATED' | 'UPDATED' | 'PURGED',
): void {
  tellChannel(world, account, {
    type: `CHANNEL_ACCOUNT_${change}`,
    channelAccountId: account.id,
    ...(account.deliveryIdentifier && { channelAccountDeliveryIdentifier: account.deliveryIdentifier }),
    ...(change === 'UPDATED' && { authorized: account.authorized }),
  })
}

/** Here, unlike in app events, the portal and the channel are strings. */
function tellChannel(
  world: World,
  { channelId, inboxId }: Pick<ChannelAccount, 'channelId' | 'inboxId'>,
  facts: Record<string, unknown>,
): void {
  const url = world.channels.get(channelId)?.channel.webhookUrl
  if (url === undefined) return
  const { type, ...rest } = facts
  const portalId = String(portalOf(world, inboxId))
  const event = { type, portalId, channelId, eventTimestamp: isoNow(world), ...rest }
  if (world.courier.loses(event)) return
  const body = JSON.stringify(shapedChannelEvent(JSON.parse(JSON.stringify(event)), world.switches.webhooks))
  world.courier.send({ kind: 'channel', url, bodyFor: () => body })
}
