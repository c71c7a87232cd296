import type * as z from 'zod/mini'
import type { AgentMessage, ThreadEnded, WebhookEvent } from '../events/event'
import { channelMessage, kindOfEntry, threadChange, threadRemoval } from './payloads'

/** `malformed` counts entries that claim a kind we know and do not hold what it needs. */
export type ParsedWebhook = { events: WebhookEvent[]; malformed: number }

/** Reads a signed body; undefined when it is not JSON of an object or array. Never throws. */
export function parseWebhook(rawBody: string): ParsedWebhook | undefined {
  const body = parseJson(rawBody)
  if (typeof body !== 'object' || body === null) return undefined
  const entries: unknown[] = Array.isArray(body) ? body : [body]
  const parsed = entries.map(parseEntry)
  return {
    events: parsed.filter((event) => typeof event === 'object'),
    malformed: parsed.filter((event) => event === 'malformed').length,
  }
}

type ParsedEntry = WebhookEvent | 'ignored' | 'malformed'

function parseEntry(entry: unknown): ParsedEntry {
  const kind = kindOfEntry.safeParse(entry)
  if (!kind.success) return 'malformed'
  switch (kind.data.type ?? kind.data.subscriptionType ?? kind.data.eventType) {
    case 'OUTGOING_CHANNEL_MESSAGE_CREATED':
      return read(channelMessage, entry, agentMessage)
    case 'conversation.propertyChange':
      return read(threadChange, entry, change)
    case 'conversation.deletion':
    case 'conversation.privacyDeletion':
      return read(threadRemoval, entry, (data) => ended(data, 'deletion'))
    default:
      return 'ignored'
  }
}

function read<S extends z.ZodMiniType>(schema: S, entry: unknown, toEvent: (data: z.infer<S>) => ParsedEntry) {
  const parsed = schema.safeParse(entry)
  return parsed.success ? toEvent(parsed.data) : 'malformed'
}

function agentMessage({ channelId, message, ...event }: z.infer<typeof channelMessage>): AgentMessage {
  const [integrationThreadId] = event.channelIntegrationThreadIds ?? message.channelIntegrationThreadIds ?? []
  return {
    kind: 'agentMessage',
    threadId: message.conversationsThreadId,
    occurredAt: Date.parse(message.createdAt ?? '') || 0,
    portalId: event.portalId ?? undefined,
    channelId,
    messageId: message.id,
    actorId: message.senders?.[0]?.actorId ?? message.createdBy ?? undefined,
    sentByAppId: message.client?.integrationAppId ?? undefined,
    integrationThreadId,
    text: message.text ?? '',
    richText: message.richText ?? '',
    attachments: (message.attachments ?? []).map(({ fileId, url, name, fileUsageType }) => ({
      fileId: fileId ?? undefined,
      url: url ?? undefined,
      name: name ?? undefined,
      fileUsageType: fileUsageType ?? undefined,
    })),
  }
}

function change(data: z.infer<typeof threadChange>): ParsedEntry {
  const value = String(data.propertyValue ?? '').trim()
  if (data.propertyName === 'assignedTo') return { ...basics(data), kind: 'assigned', actorId: agentActorId(value) }
  const isEnd = data.propertyName === 'status' && (value === 'CLOSED' || value === 'ARCHIVED')
  return isEnd ? ended(data, 'agent') : 'ignored'
}

const ended = (data: z.infer<typeof threadRemoval>, endedBy: ThreadEnded['endedBy']): ThreadEnded => ({
  ...basics(data),
  kind: 'ended',
  endedBy,
})

const basics = ({ objectId, occurredAt, portalId, appId }: z.infer<typeof threadRemoval>) => ({
  threadId: objectId,
  occurredAt,
  portalId: portalId ?? undefined,
  appId: appId ?? undefined,
})

/** HubSpot's guides disagree whether the agent comes as `A-123` or as the bare user id. */
function agentActorId(value: string): string | undefined {
  if (value === '') return undefined
  return /^\d+$/.test(value) ? `A-${value}` : value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
