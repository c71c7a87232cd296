import * as z from 'zod/mini'
import { id } from '../hubspot/schemas'

/**
 * What HubSpot sends, as far as we use it. A channel event is one object, app events come as an array; ids are
 * strings in the one and numbers in the other.
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
 */
const attachment = z.object({
  fileId: z.nullish(id),
  url: z.nullish(z.string()),
  name: z.nullish(z.string()),
  fileUsageType: z.nullish(z.string()),
})

const threadIds = z.nullish(z.array(z.string()))

export const channelMessage = z.object({
  type: z.literal('OUTGOING_CHANNEL_MESSAGE_CREATED'),
  portalId: z.nullish(id),
  channelId: id,
  channelIntegrationThreadIds: threadIds,
  message: z.object({
    id,
    conversationsThreadId: id,
    createdAt: z.nullish(z.string()),
    createdBy: z.nullish(z.string()),
    client: z.nullish(z.object({ integrationAppId: z.nullish(id) })),
    senders: z.nullish(z.array(z.object({ actorId: z.nullish(z.string()) }))),
    text: z.nullish(z.string()),
    richText: z.nullish(z.string()),
    attachments: z.nullish(z.array(attachment)),
    channelIntegrationThreadIds: threadIds,
  }),
})

const threadEvent = { objectId: id, portalId: z.nullish(id), appId: z.nullish(id), occurredAt: z.number() }

export const threadChange = z.object({
  ...threadEvent,
  propertyName: z.string(),
  propertyValue: z.nullish(z.union([z.string(), z.number(), z.boolean()])),
})

export const threadRemoval = z.object(threadEvent)

/** Channel events say `type`, app events `subscriptionType`, which older guides call `eventType`. */
export const kindOfEntry = z.object({
  type: z.optional(z.string()),
  subscriptionType: z.optional(z.string()),
  eventType: z.optional(z.string()),
})
