import * as z from 'zod/mini'
import { attachment } from './attachment'
import { id, optional, optionalList, text, time } from './schemas'

/** A message as webhooks and threads show it. Required is only its id: other entries of a thread can be read as well. */
export const message = z.pipe(
  z.object({
    id,
    type: optional(z.string()),
    direction: optional(z.string()),
    status: optional(z.object({ statusType: optional(z.string()) })),
    channelId: optional(id),
    conversationsThreadId: optional(id),
    channelIntegrationThreadIds: optionalList(id),
    createdAt: time,
    createdBy: optional(id),
    client: optional(z.object({ integrationAppId: optional(id) })),
    senders: optionalList(z.object({ actorId: optional(id), name: optional(z.string()) })),
    text: optional(text),
    richText: optional(z.string()),
    attachments: optionalList(attachment),
  }),
  z.transform(({ id: messageId, createdBy, client, senders: [sender], status, ...rest }) => ({
    ...rest,
    messageId,
    text: rest.text ?? '',
    richText: rest.richText ?? '',
    attachments: rest.attachments.flat(),
    actorId: actorIdOf(sender?.actorId ?? createdBy),
    /** As the message itself says; HubSpot mostly leaves it out. */
    senderName: sender?.name?.trim() || undefined,
    /** The app that wrote the message, when it was not a person in HubSpot. */
    sentByAppId: client?.integrationAppId,
    receipt: status?.statusType,
  })),
)
export type Message = z.infer<typeof message>

/** What it says, and who says it. */
export const contentOf = (written: Message) => ({
  messageId: written.messageId,
  actorId: written.actorId,
  senderName: written.senderName,
  sentByAppId: written.sentByAppId,
  text: written.text,
  richText: written.richText,
  attachments: written.attachments,
})

/** HubSpot's guides disagree whether an agent is `A-123` or the bare user id. */
export function actorIdOf(value = ''): string | undefined {
  if (value === '') return undefined
  return /^\d+$/.test(value) ? `A-${value}` : value
}
