/** HubSpot's shapes as its API answers them. Ids are strings; a field that is undefined is left out of the answer. */

export type DeliveryIdentifier = {
  type: 'CHANNEL_SPECIFIC_OPAQUE_ID' | 'HS_EMAIL_ADDRESS' | 'HS_PHONE_NUMBER' | 'HS_SHORT_CODE'
  value: string
}

export type Inbox = {
  id: string
  name: string
  type: 'INBOX' | 'HELP_DESK'
  createdAt: string
  updatedAt: string
  archived: boolean
}

export type Agent = { actorId: string; name: string; email: string; avatar: string }

export type Channel = {
  id: string
  name: string
  capabilities: Record<string, unknown>
  createdAt: string
  webhookUrl?: string | undefined
  channelAccountConnectionRedirectUrl?: string | undefined
  channelDescription?: string | undefined
  channelLogoUrl?: string | undefined
}

export type ChannelAccount = {
  id: string
  channelId: string
  inboxId: string
  name: string
  active: boolean
  authorized: boolean
  archived: boolean
  createdAt: string
  deliveryIdentifier?: DeliveryIdentifier | undefined
}

/** A channel, when it was made (milliseconds since 1970), and its messages by their idempotency keys. */
export type StoredChannel = { channel: Channel; createdAtMs: number; idempotency: Map<string, Message> }

export type Thread = {
  id: string
  createdAt: string
  status: 'OPEN' | 'CLOSED'
  inboxId: string
  originalChannelId: string
  originalChannelAccountId: string
  associatedContactId: string
  spam: boolean
  archived: boolean
  assignedTo?: string | undefined
  closedAt?: string | undefined
  latestMessageTimestamp?: string | undefined
  latestMessageSentTimestamp?: string | undefined
  latestMessageReceivedTimestamp?: string | undefined
}

export type Client = { clientType: 'HUBSPOT' | 'INTEGRATION' | 'SYSTEM' | 'UNKNOWN'; integrationAppId?: number }

export type Sender = {
  actorId?: string
  name?: string | undefined
  deliveryIdentifier?: DeliveryIdentifier | undefined
}

export type Recipient = {
  actorId?: string | undefined
  name?: string | undefined
  deliveryIdentifier: DeliveryIdentifier
}

export type FileUsageType = 'AUDIO' | 'IMAGE' | 'OTHER' | 'STICKER' | 'VOICE_RECORDING'

export type FileAttachment = {
  type: 'FILE'
  fileId: string
  fileUsageType: FileUsageType
  url?: string | undefined
  name?: string | undefined
}

/** Only files are interpreted; other kinds are passed through unchanged. */
export type Attachment = FileAttachment | { type: string; [field: string]: unknown }

export type MessageStatus = {
  statusType: 'FAILED' | 'READ' | 'RECEIVED' | 'SENT'
  failureDetails?: { errorMessage?: string | undefined; errorMessageTokens: Record<string, string> }
}

type HistoryBase = {
  id: string
  conversationsThreadId: string
  createdAt: string
  updatedAt?: string | undefined
  createdBy: string
  client: Client
  senders: Sender[]
  recipients: Recipient[]
  archived: boolean
}

export type Message = HistoryBase & {
  type: 'MESSAGE'
  channelId: string
  channelAccountId: string
  text: string
  richText?: string | undefined
  subject?: string | undefined
  attachments: Attachment[]
  direction: 'INCOMING' | 'OUTGOING'
  inReplyToId?: string | undefined
  truncationStatus: 'NOT_TRUNCATED'
  status: MessageStatus
}

export type Comment = HistoryBase & { type: 'COMMENT'; text: string; richText: string; attachments: Attachment[] }

export type Assignment = HistoryBase & {
  type: 'ASSIGNMENT'
  assignedFrom?: string | undefined
  assignedTo?: string | undefined
}

export type StatusChange = HistoryBase & { type: 'THREAD_STATUS_CHANGE'; newStatus: Thread['status'] }

export type HistoryItem = Message | Comment | Assignment | StatusChange

/** A record of the CRM. A property that was asked for and is empty is null in HubSpot's answers. */
export type CrmRecord = {
  id: string
  properties: Record<string, string | null>
  createdAt: string
  updatedAt: string
  archived: boolean
}

export type Contact = CrmRecord
export type Ticket = CrmRecord

/** A person with a seat in the account. The record's ID, the user's ID and the owner's ID are three numbers. */
export type User = { record: CrmRecord; actorId: string; ownerId: string }

export type Pipeline = { id: string; label: string; stages: { id: string; label: string }[] }

export type FileAccess = 'PUBLIC_INDEXABLE' | 'PUBLIC_NOT_INDEXABLE' | 'PRIVATE'

export type HubSpotFile = {
  id: string
  createdAt: string
  updatedAt: string
  archived: boolean
  access: FileAccess
  parentFolderId: string
  name: string
  path: string
  size: number
  encoding: string
  type: 'IMG' | 'DOCUMENT' | 'AUDIO' | 'MOVIE' | 'OTHER'
  extension: string
  defaultHostingUrl: string
  url: string
  isUsableInContent: boolean
  fileMd5: string
  sourceGroup: 'CONTENT' | 'CONVERSATIONS'
}
