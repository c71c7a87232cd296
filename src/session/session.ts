import { randomUUID } from 'node:crypto'
import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import type { HubSpot } from '../hubspot/client'
import { opaque, type DeliveryIdentifier, type MessageContent } from '../hubspot/custom-channels'

/** One escalation: a HubSpot thread and a Botpress conversation. All of it is kept in the conversation's tags. */
export type Session = {
  threadId: string
  integrationThreadId: string
  /** The HubSpot account that thread, channel account, inbox and contact belong to. */
  portalId: string
  channelId: string
  channelAccountId: string
  inboxId: string
  userId: string
  contactId: string | undefined
  sender: { name: string; identifier: DeliveryIdentifier }
}

type Conversation = bp.MessageProps['text']['conversation']
type Tags = Conversation['tags']

export type EndedBy = 'agent' | 'bot' | 'deletion'

/** How far a session has come, as its conversation's tags say. Times are milliseconds since 1970. */
export type Progress = {
  conversationId: string
  /** Empty while the session is being opened. */
  threadId: string
  integrationThreadId: string
  ticketId: string | undefined
  /** When the opening was complete. */
  createdAt: number
  /** The actor who has the thread; undefined if there is none. */
  assignedTo: string | undefined
  /** When HubSpot assigned the thread last; 0 for never. */
  assignedAt: number
  /** When the bot hears of the agent who was announced last; 0 for none. */
  announcedAt: number
  /** The actors whose name the customer has seen before their words. */
  namedAgents: readonly string[]
  closedAt: number | undefined
  /** The end that a later message of the customer took back; 0 for none. */
  reopenedFrom: number
  endedBy: EndedBy | undefined
  /** Opened by the owner to test the connection: it has no customer, and the bot hears nothing of it. */
  isTest: boolean
}

export const LONGEST_TAG = 500

export const tagsOf = ({ threadId, contactId, sender, ...rest }: Session): Tags => ({
  ...rest,
  id: threadId,
  ...(contactId === undefined ? {} : { contactId }),
  senderName: sender.name.slice(0, LONGEST_TAG),
  senderIdentifierType: sender.identifier.type,
  senderIdentifier: sender.identifier.value,
})

/** Throws `RuntimeError` for a conversation that `startHitl` did not make. */
export function sessionOf({ tags }: Pick<Conversation, 'tags'>): Session {
  return {
    threadId: required(tags, 'id'),
    integrationThreadId: required(tags, 'integrationThreadId'),
    portalId: required(tags, 'portalId'),
    channelId: required(tags, 'channelId'),
    channelAccountId: required(tags, 'channelAccountId'),
    inboxId: required(tags, 'inboxId'),
    userId: required(tags, 'userId'),
    contactId: tags.contactId,
    sender: {
      name: tags.senderName ?? '',
      identifier: { type: identifierType(tags), value: required(tags, 'senderIdentifier') },
    },
  }
}

export const progressOf = ({ id, createdAt, tags }: Pick<Conversation, 'id' | 'createdAt' | 'tags'>): Progress => ({
  conversationId: id,
  threadId: tags.id ?? '',
  integrationThreadId: tags.integrationThreadId ?? '',
  ticketId: tags.ticketId,
  createdAt: Number(tags.openedAt ?? Date.parse(createdAt)),
  assignedTo: tags.assignedTo || undefined,
  assignedAt: Number(tags.assignedAt ?? 0),
  announcedAt: Number(tags.announcedAt ?? 0),
  namedAgents: (tags.namedAgents ?? '').split(' ').filter(Boolean),
  closedAt: tags.closedAt ? Number(tags.closedAt) : undefined,
  reopenedFrom: Number(tags.reopenedFrom ?? 0),
  endedBy: ENDED_BY.find((by) => by === tags.endedBy),
  isTest: tags.isTest === 'true',
})

const ENDED_BY: readonly EndedBy[] = ['agent', 'bot', 'deletion']

/** How HubSpot names our side of the conversation; one account of the channel stands for one inbox. */
export const accountIdentifier = (inboxId: string): DeliveryIdentifier => opaque(`botpress-${inboxId}`)

function required(tags: Tags, name: keyof Tags): string {
  const value = tags[name]
  if (value) return value
  throw new RuntimeError(
    'This conversation is not linked to HubSpot: it was not opened by the "Escalate to Human" card of this integration. Escalate again.',
  )
}

function identifierType(tags: Tags): DeliveryIdentifier['type'] {
  const type = required(tags, 'senderIdentifierType')
  return type === 'HS_EMAIL_ADDRESS' || type === 'HS_PHONE_NUMBER' ? type : 'CHANNEL_SPECIFIC_OPAQUE_ID'
}

/**
 * Our own id of a thread, fresh for each session. It begins with the time, so that an event of the thread tells
 * without a look-up whether its session is still being opened.
 */
export const newIntegrationThreadId = (now: number = Date.now()): string => `bp-${now}-${randomUUID()}`

/** When the session began, in milliseconds since 1970; undefined for an id that is not ours. */
export function beganAt(integrationThreadId: string): number | undefined {
  const [, time] = /^bp-(\d{13})-/.exec(integrationThreadId) ?? []
  return time === undefined ? undefined : Number(time)
}

/** What a session needs to speak in HubSpot: everything but the thread, which the first message opens. */
export type Speaker = Omit<Session, 'threadId'>

/**
 * Puts a message into the thread in the customer's name; once per `idempotencyId`, however often it is called.
 * Resolves to the thread it landed in, if HubSpot says so. Where the contact is optional, a contact that HubSpot refuses
 * costs the association and not the message. Throws `HubSpotError`.
 */
export async function publish(
  hubspot: HubSpot,
  speaker: Speaker,
  message: MessageContent & { idempotencyId: string; timestamp: string },
  contact: 'required' | 'optional' = 'optional',
): Promise<string | undefined> {
  const { channelId, channelAccountId, integrationThreadId, inboxId, contactId, sender } = speaker
  const incoming = {
    ...message,
    channelId,
    channelAccountId,
    integrationThreadId,
    recipient: accountIdentifier(inboxId),
    sender: { identifier: sender.identifier, ...(sender.name ? { name: sender.name } : {}) },
    ...(contactId === undefined ? {} : { contactId }),
  }
  const published = await hubspot.customChannels.publish(incoming, contact)
  return published?.conversationsThreadId
}
