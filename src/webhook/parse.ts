import * as z from 'zod/mini'
import type { WebhookEvent } from '../events/event'
import { actorIdOf, contentOf, message } from '../hubspot/message'
import { id, optional, optionalList, pathsOf, time } from '../hubspot/schemas'
import { beganAt } from '../session/session'

/**
 * What HubSpot sends, as far as we use it. A channel event is one object, app events come as an array. Ids are strings
 * in the one and numbers in the other. Required is only what makes the event ours.
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
 */

const channelMessage = z.object({
  portalId: optional(id),
  channelId: optional(id),
  eventTimestamp: time,
  channelIntegrationThreadIds: optionalList(id),
  message,
})

/** Told when an account of the channel was changed in HubSpot, or removed for good. */
const accountChange = z.object({
  portalId: optional(id),
  channelAccountId: id,
  authorized: optional(z.boolean()),
})

/** A longer one fits into no address, so that every attempt would fail. */
const idOfThread = id.check(z.maxLength(500))

const threadEvent = { objectId: idOfThread, portalId: optional(id), appId: optional(id), occurredAt: time }

const threadRemoval = z.object(threadEvent)

const threadChange = z.object({
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
function kindOf(entry: object): (typeof KINDS)[number] | undefined {
  const given = Object.values(kindFields.parse(entry)).map((kind) => kind?.replace(/^conversations\./, 'conversation.'))
  return KINDS.find((kind) => given.some((each) => each === kind))
}

/** An entry that we should handle and that lacks what this takes. */
export type UnreadableEntry = {
  /** Its kind, and the fields at fault without their values. */
  where: string
  /** An agent waits for the receipt of this message. */
  message?: { messageId: string; channelId: string | undefined; portalId: string | undefined }
}

/** An account of a channel that HubSpot may have disconnected. */
export type LostAccount = { channelAccountId: string; portalId: string | undefined }

export type ParsedWebhook = { events: WebhookEvent[]; lostAccounts: LostAccount[]; unreadable: UnreadableEntry[] }

/** HubSpot sends up to 100 events at once. What exceeds this limit is left unread. */
const MOST_ENTRIES = 1_000

/**
 * Reads a signed body that arrived at `now` (milliseconds since 1970); undefined when it is not JSON of an object or
 * array. Never throws.
 */
export function parseWebhook(rawBody: string, now: number = Date.now()): ParsedWebhook | undefined {
  const body = parseJson(rawBody)
  if (typeof body !== 'object' || body === null) return undefined
  const entries: unknown[] = Array.isArray(body) ? body : [body]
  const all = entries.slice(0, MOST_ENTRIES).map((entry) => parseEntry(entry, now))
  if (entries.length > MOST_ENTRIES) all.push({ where: `more than ${MOST_ENTRIES} entries` })
  const parsed = all.filter((entry) => entry !== 'ignored')
  return {
    events: parsed.filter((entry) => 'kind' in entry),
    lostAccounts: parsed.filter((entry) => 'channelAccountId' in entry),
    unreadable: parsed.filter((entry) => 'where' in entry),
  }
}

type ParsedEntry = WebhookEvent | LostAccount | UnreadableEntry | 'ignored'

function parseEntry(entry: unknown, now: number): ParsedEntry {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return { where: 'an entry that is not an object' }
  }
  const kind = kindOf(entry)
  switch (kind) {
    case undefined:
      return 'ignored'
    case 'OUTGOING_CHANNEL_MESSAGE_CREATED':
      return read(kind, channelMessage, entry, (data) => agentMessage(data, now))
    case 'CHANNEL_ACCOUNT_UPDATED':
      return read(kind, accountChange, entry, (data) => (data.authorized === false ? lostAccount(data) : 'ignored'))
    case 'CHANNEL_ACCOUNT_PURGED':
      return read(kind, accountChange, entry, lostAccount)
    case 'conversation.propertyChange':
      return read(kind, threadChange, entry, (data) => change(data, now))
    case 'conversation.deletion':
    case 'conversation.privacyDeletion':
      return read(kind, threadRemoval, entry, (data) => ({ ...basics(data, now), kind: 'ended', endedBy: 'deletion' }))
  }
}

function read<S extends z.ZodMiniType>(
  kind: string,
  schema: S,
  entry: object,
  toEvent: (data: z.infer<S>) => ParsedEntry,
): ParsedEntry {
  const parsed = schema.safeParse(entry)
  return parsed.success ? toEvent(parsed.data) : { where: `${pathsOf(parsed.error)} of ${kind}` }
}

function agentMessage({ message: sent, portalId, ...data }: z.infer<typeof channelMessage>, now: number): ParsedEntry {
  const { messageId, conversationsThreadId: threadId, channelIntegrationThreadIds, createdAt } = sent
  const channelId = data.channelId ?? sent.channelId
  // An internal note is for agents alone.
  if (sent.type === 'COMMENT') return 'ignored'
  if (threadId === undefined || channelId === undefined) {
    const path = threadId === undefined ? 'message.conversationsThreadId' : 'channelId'
    return { where: `${path} of OUTGOING_CHANNEL_MESSAGE_CREATED`, message: { messageId, channelId, portalId } }
  }
  return {
    ...contentOf(sent),
    kind: 'agentMessage',
    threadId,
    occurredAt: createdAt ?? data.eventTimestamp ?? now,
    portalId,
    channelId,
    integrationThreadId: newestOfOurs([...data.channelIntegrationThreadIds, ...channelIntegrationThreadIds]),
  }
}

const lostAccount = ({ channelAccountId, portalId }: z.infer<typeof accountChange>): LostAccount => ({
  channelAccountId,
  portalId,
})

/** A thread can name its sessions one after the other, and threads of other apps. */
const newestOfOurs = (ids: readonly string[]): string | undefined =>
  ids
    .filter((each) => beganAt(each) !== undefined)
    .sort((a, b) => (beganAt(a) ?? 0) - (beganAt(b) ?? 0))
    .at(-1)

function change(data: z.infer<typeof threadChange>, now: number): ParsedEntry {
  const value = String(data.propertyValue ?? '').trim()
  if (data.propertyName === 'assignedTo') return { ...basics(data, now), kind: 'assigned', actorId: actorIdOf(value) }
  const isEnd = data.propertyName === 'status' && /^(closed|archived)$/i.test(value)
  return isEnd ? { ...basics(data, now), kind: 'ended', endedBy: 'agent' } : 'ignored'
}

const basics = ({ objectId, occurredAt, portalId, appId }: z.infer<typeof threadRemoval>, now: number) => ({
  threadId: objectId,
  occurredAt: occurredAt ?? now,
  portalId,
  appId,
})

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
