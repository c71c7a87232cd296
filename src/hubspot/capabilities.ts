/**
 * What the channel can do; the agent's editor in HubSpot offers no more than this. `allowConversationStart` is off,
 * because an agent cannot start a conversation with a customer who is not talking to the bot.
 * https://developers.hubspot.com/docs/api-reference/conversations-custom-channels-v3/guide
 */
export const CAPABILITIES = {
  threadingModel: 'INTEGRATION_THREAD_ID',
  deliveryIdentifierTypes: ['CHANNEL_SPECIFIC_OPAQUE_ID', 'HS_EMAIL_ADDRESS', 'HS_PHONE_NUMBER'],
  richText: ['HYPERLINK', 'TEXT_ALIGNMENT', 'BLOCKQUOTE'],
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
