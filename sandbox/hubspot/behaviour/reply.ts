import type { Attachment, DeliveryIdentifier, Message } from '../state/model'
import { isoNow, type StoredThread, type World } from '../state/world'
import { tellOutgoingMessage } from '../webhooks/channel-events'
import type { Author } from './author'
import { addMessage } from './threads'

export type Reply = {
  /** The author whom the customer sees: an agent, or something automated. */
  senderActorId: string
  author: Author
  text: string
  richText?: string | undefined
  subject?: string | undefined
  attachments: Attachment[]
}

/** An agent or something automated writes to the customer. A custom channel gets a webhook; others deliver it themselves. */
export function sendReply(world: World, stored: StoredThread, reply: Reply): Message {
  const { thread, customer } = stored
  const account = world.accounts.get(thread.originalChannelAccountId)
  const message: Message = {
    id: world.ids.message(),
    type: 'MESSAGE',
    conversationsThreadId: thread.id,
    channelId: thread.originalChannelId,
    channelAccountId: thread.originalChannelAccountId,
    createdAt: isoNow(world),
    createdBy: reply.senderActorId,
    client: reply.author.client,
    senders: [{ actorId: reply.senderActorId, deliveryIdentifier: account?.deliveryIdentifier }],
    recipients: [{ actorId: customer.actorId, deliveryIdentifier: customer.deliveryIdentifier ?? anonymous }],
    archived: false,
    text: reply.text,
    richText: reply.richText,
    subject: reply.subject,
    attachments: reply.attachments,
    direction: 'OUTGOING',
    truncationStatus: 'NOT_TRUNCATED',
    status: { statusType: 'SENT' },
  }
  addMessage(world, stored, message, reply.author)
  // A channel that is switched off in the inbox's settings hears nothing.
  if (account?.authorized !== false) tellOutgoingMessage(world, message, stored)
  return message
}

/** Visitors of other channels have no identifier of ours. */
const anonymous: DeliveryIdentifier = { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'visitor' }
