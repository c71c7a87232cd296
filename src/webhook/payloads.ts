import * as z from 'zod/mini'
import { message } from '../hubspot/message'
import { id, optional, optionalList, time } from '../hubspot/schemas'

/**
 * What HubSpot sends, as far as we use it. A channel event is one object, app events come as an array. Ids are strings
 * in the one and numbers in the other. Required is only what makes the event ours.
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
 */

export const channelMessage = z.object({
  portalId: optional(id),
  channelId: optional(id),
  eventTimestamp: time,
  channelIntegrationThreadIds: optionalList(id),
  message,
})

/** Told when an account of the channel was changed in HubSpot, or removed for good. */
export const accountChange = z.object({
  portalId: optional(id),
  channelAccountId: id,
  authorized: optional(z.boolean()),
})

const threadEvent = { objectId: id, portalId: optional(id), appId: optional(id), occurredAt: time }

export const threadRemoval = z.object(threadEvent)

export const threadChange = z.object({
  ...threadEvent,
  propertyName: z.string(),
  propertyValue: z.nullish(z.union([z.string(), z.number(), z.boolean()])),
})

const KINDS = [
  'OUTGOING_CHANNEL_MESSAGE_CREATED',
  'CHANNEL_ACCOUNT_UPDATED',
  'CHANNEL_ACCOUNT_PURGED',
  'conversation.propertyChange',
  'conversation.deletion',
  'conversation.privacyDeletion',
] as const

/** Channel events say `type`, app events `subscriptionType`, which older guides call `eventType`. */
const kindFields = z.object({
  type: optional(z.string()),
  subscriptionType: optional(z.string()),
  eventType: optional(z.string()),
})

/** The kind of an entry that we handle, or undefined. Some guides write `conversations.` in place of `conversation.`. */
export function kindOf(entry: object): (typeof KINDS)[number] | undefined {
  const given = Object.values(kindFields.parse(entry)).map((kind) => kind?.replace(/^conversations\./, 'conversation.'))
  return KINDS.find((kind) => given.some((each) => each === kind))
}
