import * as z from 'zod/mini'
import { id, optional, optionalList, text } from '../hubspot/schemas'
import { attachment } from './attachment'

/**
 * What HubSpot sends, as far as we use it. A channel event is one object, app events come as an array. Ids are strings
 * in the one and numbers in the other. Required is only what makes the event ours.
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
 */

/** Milliseconds since 1970, which HubSpot writes as a number, as digits or as an ISO date. */
const time = optional(
  z.pipe(
    z.union([z.number(), z.string()]),
    z.transform((given) => {
      const ms = typeof given === 'number' || /^\d+$/.test(given) ? Number(given) : Date.parse(given)
      return ms > 0 ? ms : undefined
    }),
  ),
)

const threadIds = optionalList(id)

export const channelMessage = z.object({
  portalId: optional(id),
  channelId: optional(id),
  eventTimestamp: time,
  channelIntegrationThreadIds: threadIds,
  message: z.object({
    id,
    channelId: optional(id),
    conversationsThreadId: id,
    createdAt: time,
    createdBy: optional(id),
    client: optional(z.object({ integrationAppId: optional(id) })),
    senders: optionalList(z.object({ actorId: optional(id), name: optional(z.string()) })),
    text: optional(text),
    richText: optional(z.string()),
    attachments: optionalList(attachment),
    channelIntegrationThreadIds: threadIds,
  }),
})

/** What is left of a channel message that cannot be read. */
export const unreadableMessage = z.object({
  portalId: optional(id),
  channelId: optional(id),
  message: z.object({ id, channelId: optional(id) }),
})

/** Told when an account of the channel was changed in HubSpot, or removed for good. */
export const accountChange = z.object({
  portalId: optional(id),
  channelId: optional(id),
  channelAccountId: id,
  authorized: optional(z.boolean()),
})

const threadEvent = { objectId: id, portalId: optional(id), appId: optional(id), occurredAt: time }

export const threadChange = z.object({
  ...threadEvent,
  propertyName: z.string(),
  propertyValue: z.nullish(z.union([z.string(), z.number(), z.boolean()])),
})

export const threadRemoval = z.object(threadEvent)

/** Channel events say `type`, app events `subscriptionType`, which older guides call `eventType`. */
const KIND_KEYS = ['type', 'subscriptionType', 'eventType'] as const

const KINDS = [
  'OUTGOING_CHANNEL_MESSAGE_CREATED',
  'CHANNEL_ACCOUNT_UPDATED',
  'CHANNEL_ACCOUNT_PURGED',
  'conversation.propertyChange',
  'conversation.deletion',
  'conversation.privacyDeletion',
] as const

/** The kind of an entry that we handle, or undefined. Some guides write `conversations.` in place of `conversation.`. */
export function kindOf(entry: Record<string, unknown>): (typeof KINDS)[number] | undefined {
  const given = new Set(KIND_KEYS.map((key) => String(entry[key]).replace(/^conversations\./, 'conversation.')))
  return KINDS.find((kind) => given.has(kind))
}
