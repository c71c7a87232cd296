import * as z from 'zod'
import { deliveryIdentifier } from './channel-message-schema'

/** Quick replies are for live chat and Messenger only, so a file is all that a custom channel's thread takes. */
const attachments = z.array(z.strictObject({ type: z.literal('FILE'), fileId: z.string() }))

const commentSchema = z.strictObject({
  type: z.literal('COMMENT'),
  text: z.string(),
  richText: z.string().optional(),
  attachments,
})

const messageSchema = z.strictObject({
  type: z.literal('MESSAGE'),
  text: z.string(),
  richText: z.string().optional(),
  subject: z.string().optional(),
  attachments,
  channelId: z.string(),
  channelAccountId: z.string(),
  senderActorId: z.string(),
  recipients: z.array(
    z.strictObject({
      deliveryIdentifiers: z.array(deliveryIdentifier),
      deliveryIdentifier: deliveryIdentifier.optional(),
      actorId: z.string().optional(),
      name: z.string().optional(),
      recipientField: z.string().optional(),
    }),
  ),
})

export const threadMessageSchema = z.discriminatedUnion('type', [commentSchema, messageSchema])

export type CommentInput = z.infer<typeof commentSchema>
export type MessageInput = z.infer<typeof messageSchema>
