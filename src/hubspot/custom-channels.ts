import type * as z from 'zod/mini'
import type { Endpoints } from './endpoints'
import { isHubSpotError } from './errors'
import { listAll, type HubSpotHttp, type OnDropped } from './http'
import { channel, channelAccount, created, nothing, publishedMessage, type Channel } from './schemas'

/** How agents may format: HubSpot's name, and the word that hub.md promises it by. The sandbox's editor has these too. */
export const FORMATS = {
  BOLD: 'bold',
  ITALIC: 'italic',
  LISTS: 'lists',
  HYPERLINK: 'links',
  BLOCKQUOTE: 'quotes',
} as const
export type Format = keyof typeof FORMATS

/**
 * What the channel can do; the agent's editor in HubSpot offers no more than this. `allowConversationStart` is off,
 * because an agent cannot start a conversation with a customer who is not talking to the bot.
 * https://developers.hubspot.com/docs/api-reference/conversations-custom-channels-v3/guide
 */
export const CAPABILITIES = {
  threadingModel: 'INTEGRATION_THREAD_ID',
  deliveryIdentifierTypes: ['CHANNEL_SPECIFIC_OPAQUE_ID', 'HS_EMAIL_ADDRESS', 'HS_PHONE_NUMBER'],
  richText: Object.keys(FORMATS),
  allowInlineImages: true,
  allowOutgoingMessages: true,
  allowConversationStart: false,
  allowMultipleRecipients: false,
  outgoingAttachmentTypes: ['FILE'],
  maxFileAttachmentCount: 10,
  maxFileAttachmentSizeBytes: 10_000_000,
  maxTotalFileAttachmentSizeBytes: 10_000_000,
  allowedFileAttachmentMimeTypes: ['image/*', 'audio/*', 'video/*', 'application/*', 'text/*'],
}

/** HubSpot accepts the rest as well, but documents only these: what to ask for where it refuses. */
const DOCUMENTED: Format[] = ['HYPERLINK', 'BLOCKQUOTE']
export const FEWER_CAPABILITIES: typeof CAPABILITIES = {
  ...CAPABILITIES,
  richText: DOCUMENTED,
  allowInlineImages: false,
}

export type DeliveryIdentifier = {
  type: 'HS_EMAIL_ADDRESS' | 'HS_PHONE_NUMBER' | 'CHANNEL_SPECIFIC_OPAQUE_ID'
  value: string
}

/** For whom HubSpot shall not look. */
export const opaque = (value: string): DeliveryIdentifier => ({ type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value })

export type Attachment =
  | { type: 'FILE'; fileId: string; fileUsageType: 'IMAGE' | 'AUDIO' | 'VOICE_RECORDING' | 'OTHER' }
  | { type: 'LOCATION'; latitude: number; longitude: number; url: string; name: OptionalText; address: OptionalText }
type OptionalText = string | undefined

/** What a message says. HubSpot shows `richText` where it is given, and `text` where that is not possible. */
export type MessageContent = { text: string; richText?: string; attachments: Attachment[] }

export type IncomingMessage = MessageContent & {
  channelId: string
  channelAccountId: string
  integrationThreadId: string
  /** The idempotency key: HubSpot publishes a message once per id. */
  idempotencyId: string
  sender: { name?: string; identifier: DeliveryIdentifier }
  recipient: DeliveryIdentifier
  contactId?: string
  /** ISO 8601. */
  timestamp: string
}

export type Receipt = { statusType: 'SENT' | 'FAILED'; errorMessage?: string }

/** The webhook that a receipt belongs to must be answered itself. */
const RECEIPT_WITHIN_MS = 1_500

export type ChannelRegistration = { name: string; webhookUrl: string; capabilities: Record<string, unknown> }

/** The description requires all of these fields; HubSpot does without those that a channel does not have. */
export type ChannelUpdate = ChannelRegistration &
  Pick<Channel, 'channelDescription' | 'channelLogoUrl' | 'channelAccountConnectionRedirectUrl'>

type NewAccount = { inboxId: string; name: string; deliveryIdentifier: DeliveryIdentifier }

/**
 * Channels belong to the app (developer key); their accounts and messages belong to the portal.
 * https://developers.hubspot.com/docs/api-reference/conversations-custom-channels-v3/guide
 */
export function createCustomChannels(http: HubSpotHttp, endpoints: Endpoints, onDropped: OnDropped) {
  /** HubSpot serves list and create at one of several paths, or at all of them. */
  async function onCollection<T>(send: (path: string) => Promise<T>): Promise<T> {
    let notThere: unknown
    for (const path of endpoints.channelCollections) {
      try {
        return await send(path)
      } catch (thrown) {
        if (!isHubSpotError(thrown, 'notFound')) throw thrown
        notThere = thrown
      }
    }
    throw notThere
  }

  /**
   * Publishes what the customer wrote. Resolves to the thread that it landed in; to undefined when HubSpot has the
   * message already. Where the contact is optional and HubSpot refuses it, the message is published without it.
   */
  async function publish(
    message: IncomingMessage,
    contact: 'required' | 'optional' = 'required',
  ): Promise<z.infer<typeof publishedMessage> | undefined> {
    const contactNumber = Number(message.contactId)
    try {
      return await http({
        method: 'POST',
        path: endpoints.messages(message.channelId),
        // With all seven fields that the description requires.
        json: {
          messageDirection: 'INCOMING',
          text: message.text,
          richText: message.richText,
          channelAccountId: message.channelAccountId,
          senders: [{ deliveryIdentifier: message.sender.identifier, name: message.sender.name }],
          recipients: [{ deliveryIdentifier: message.recipient }],
          attachments: message.attachments,
          timestamp: message.timestamp,
          integrationThreadId: message.integrationThreadId,
          integrationIdempotencyId: message.idempotencyId,
          // A number that JSON cannot hold would be another contact's.
          associateWithContactId: Number.isSafeInteger(contactNumber) ? contactNumber : undefined,
        },
        repeatable: true,
        priority: 'message',
        answer: publishedMessage,
      })
    } catch (thrown) {
      if (isHubSpotError(thrown, 'conflict')) return undefined
      const { contactId, ...withoutContact } = message
      const isRefused = contactId !== undefined && isHubSpotError(thrown, 'validation', 'notFound')
      if (contact === 'optional' && isRefused) return publish(withoutContact)
      throw thrown
    }
  }

  return {
    list: () => onCollection((path) => listAll(http, { path, auth: 'developerKey', entry: channel, onDropped })),

    create: (json: ChannelRegistration) =>
      onCollection((path) => http({ method: 'POST', path, auth: 'developerKey', json, answer: created })),

    update: (channelId: string, json: ChannelUpdate) =>
      http({ method: 'PATCH', path: endpoints.channel(channelId), auth: 'developerKey', json, answer: nothing }),

    remove: (channelId: string) =>
      http({ method: 'DELETE', path: endpoints.channel(channelId), auth: 'developerKey', answer: nothing }),

    listAccounts: (channelId: string) =>
      listAll(http, { path: endpoints.accounts(channelId), entry: channelAccount, onDropped }),

    createAccount: (channelId: string, account: NewAccount) => {
      const json = { ...account, authorized: true }
      return http({ method: 'POST', path: endpoints.accounts(channelId), json, answer: created })
    },

    /** Connects an account, or disconnects it: HubSpot then refuses its messages. */
    authorizeAccount: (channelId: string, accountId: string, authorized: boolean) => {
      const path = endpoints.account(channelId, accountId)
      return http({ method: 'PATCH', path, json: { authorized }, answer: nothing })
    },

    publish,

    /** Tells the agent whether the reply has reached the customer, and why it has not. */
    report: (channelId: string, messageId: string, receipt: Receipt) =>
      http({
        method: 'PATCH',
        path: endpoints.message(channelId, messageId),
        json: receipt,
        // Agents can do without the good news.
        priority: receipt.statusType === 'SENT' ? 'receipt' : 'other',
        budgetMs: RECEIPT_WITHIN_MS,
        answer: nothing,
      }),
  }
}
