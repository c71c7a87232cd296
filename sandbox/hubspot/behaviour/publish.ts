import { conflict, invalid } from '../problem'
import type { Attachment, ChannelAccount, Message } from '../state/model'
import type { StoredChannel } from '../state/model'
import { isoNow, type StoredThread, type World } from '../state/world'
import type { ChannelMessageInput } from '../api/channel-message-schema'
import { attachFile } from './attachments'
import { appAuthor, systemAuthor } from './author'
import { resolveCustomer } from './customers'
import { addMessage, openThread, setStatus } from './threads'

/** A channel publishes what was written outside HubSpot: usually by the customer, sometimes an answer to be logged. */
export function publishMessage(world: World, stored: StoredChannel, input: ChannelMessageInput): Message {
  const account = usableAccount(world, stored, input.channelAccountId)
  const key = input.integrationIdempotencyId
  const earlier = key === undefined ? undefined : stored.idempotency.get(key)
  if (earlier !== undefined) {
    if (world.switches.idempotencyReplay === 'original') return earlier
    throw conflict(`A message with integrationIdempotencyId ${key} already exists`)
  }
  assertAcceptable(world, stored, input)
  const attachments = input.attachments.map(
    (attachment): Attachment => (attachment.type === 'FILE' ? attachFile(world, attachment) : attachment),
  )
  const thread = threadFor(world, stored, account, input)
  const message = toMessage(world, thread, input, attachments)
  addMessage(world, thread, message, appAuthor(world))
  if (key !== undefined) stored.idempotency.set(key, message)
  return message
}

function usableAccount(world: World, { channel }: StoredChannel, id: string): ChannelAccount {
  const account = world.accounts.get(id)
  if (account === undefined || account.channelId !== channel.id) {
    throw invalid(`Channel account ${id} does not belong to channel ${channel.id}`)
  }
  if (!account.authorized) throw invalid(`Channel account ${id} is not authorized`)
  return account
}

function assertAcceptable(world: World, { channel }: StoredChannel, input: ChannelMessageInput): void {
  const { capabilities } = channel
  if (capabilities['threadingModel'] === 'INTEGRATION_THREAD_ID' && input.integrationThreadId === undefined) {
    throw invalid('integrationThreadId is required by the threading model of the channel')
  }
  if (input.inReplyToId !== undefined && !hasMessage(world, channel.id, input.inReplyToId)) {
    throw invalid(`inReplyToId ${input.inReplyToId} is no message of channel ${channel.id}`)
  }
  const registered = capabilities['deliveryIdentifierTypes']
  if (world.switches.senderTypes === 'any' || !Array.isArray(registered)) return
  const foreign = input.senders.find(({ deliveryIdentifier: { type } }) => !registered.includes(type))
  if (foreign !== undefined) {
    throw invalid(`Delivery identifier type ${foreign.deliveryIdentifier.type} is not registered for the channel`)
  }
}

function threadFor(
  world: World,
  { channel }: StoredChannel,
  account: ChannelAccount,
  input: ChannelMessageInput,
): StoredThread {
  const customer = input.messageDirection === 'INCOMING' ? input.senders[0] : input.recipients[0]
  if (customer === undefined) throw invalid('The message has no participant outside HubSpot')
  const { type, value } = customer.deliveryIdentifier
  const ours = channel.capabilities['threadingModel'] === 'INTEGRATION_THREAD_ID'
  const key = ours ? `${account.id}:${input.integrationThreadId}` : `${account.id}:${type}:${value}`
  const contactId = input.associateWithContactId === undefined ? undefined : String(input.associateWithContactId)
  const { id, actorId } = resolveCustomer(world, customer, contactId)

  const current = latestThread(world, key)
  const closed = current?.thread.status === 'CLOSED' && input.messageDirection === 'INCOMING'
  if (current !== undefined && !(closed && world.switches.closedThread === 'newThread')) {
    if (closed) setStatus(world, current, 'OPEN', systemAuthor())
    return current
  }
  return openThread(world, {
    inboxId: account.inboxId,
    channelId: channel.id,
    channelAccountId: account.id,
    contactId: id,
    customer: { actorId, name: customer.name, deliveryIdentifier: customer.deliveryIdentifier },
    key,
    integrationThreadId: input.integrationThreadId,
    author: appAuthor(world),
  })
}

function latestThread(world: World, key: string): StoredThread | undefined {
  let latest: StoredThread | undefined
  for (const stored of world.threads.values()) {
    if (stored.key === key && !stored.thread.archived) latest = stored
  }
  return latest
}

function toMessage(
  world: World,
  { thread, customer }: StoredThread,
  input: ChannelMessageInput,
  attachments: Attachment[],
): Message {
  const incoming = input.messageDirection === 'INCOMING'
  const named = (people: ChannelMessageInput['senders'], isCustomer: boolean) =>
    people.map(({ deliveryIdentifier, name, senderActorId }) => {
      const actorId = isCustomer ? customer.actorId : senderActorId
      return { ...(actorId !== undefined && { actorId }), name, deliveryIdentifier }
    })
  const app = appAuthor(world)
  return {
    id: world.ids.message(),
    type: 'MESSAGE',
    conversationsThreadId: thread.id,
    channelId: thread.originalChannelId,
    channelAccountId: thread.originalChannelAccountId,
    createdAt: new Date(input.timestamp).toISOString(),
    updatedAt: isoNow(world),
    createdBy: incoming && customer.actorId !== undefined ? customer.actorId : app.actorId,
    client: app.client,
    senders: named(input.senders, incoming),
    recipients: named(input.recipients, !incoming),
    archived: false,
    text: input.text,
    richText: input.richText,
    attachments,
    direction: input.messageDirection,
    inReplyToId: input.inReplyToId,
    truncationStatus: 'NOT_TRUNCATED',
    status: { statusType: incoming ? 'RECEIVED' : 'SENT' },
  }
}

function hasMessage(world: World, channelId: string, id: string): boolean {
  return findMessage(world, channelId, id) !== undefined
}

export function findMessage(world: World, channelId: string, id: string): Message | undefined {
  for (const { history } of world.threads.values()) {
    for (const item of history) {
      if (item.id === id && item.type === 'MESSAGE' && item.channelId === channelId) return item
    }
  }
  return undefined
}
