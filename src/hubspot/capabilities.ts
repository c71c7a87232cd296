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
