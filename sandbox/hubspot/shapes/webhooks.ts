import {
  isObject,
  mapObjects,
  withMore,
  withNumbers,
  without,
  type Json,
  type JsonObject,
  type WebhookShape,
} from './shape'

/** All but what tells which message of which thread it is, and what it says. */
const OPTIONAL_OF_MESSAGE = [
  'portalId',
  'eventId',
  'eventTimestamp',
  'channelIntegrationThreadIds',
  'channelAccountId',
  'createdAt',
  'updatedAt',
  'createdBy',
  'client',
  'senders',
  'recipients',
  'archived',
  'direction',
  'inReplyToId',
  'truncationStatus',
  'status',
]

const OPTIONAL_OF_APP_EVENT = [
  'eventId',
  'subscriptionId',
  'portalId',
  'appId',
  'occurredAt',
  'attemptNumber',
  'changeSource',
  'sourceId',
]

/** A channel event as the switch `webhooks` says. */
export function shapedChannelEvent(event: JsonObject, shape: WebhookShape): Json {
  switch (shape) {
    case 'full':
      return event
    case 'lean':
    case 'null':
      return mapObjects(event, (object) => without(object, OPTIONAL_OF_MESSAGE, shape))
    case 'extra':
      return {
        ...withMore(event),
        message: mapObjects(event['message'], withMore),
        channelIntegrationThreadIds: ['other-1', ...idsOf(event)],
      }
    case 'numeric':
      return mapObjects(event, (object) => withBareActors(withNumbers(object)))
    case 'odd':
      return oddEvent(event)
    case 'unreadable':
      return mapObjects(event, (object) => without(object, ['conversationsThreadId'], 'lean'))
  }
}

/** An app event as the switch `webhooks` says. */
export function shapedAppEvent(event: JsonObject, shape: WebhookShape): Json {
  switch (shape) {
    case 'full':
    case 'unreadable':
      return event
    case 'lean':
    case 'null':
      return without(event, OPTIONAL_OF_APP_EVENT, shape)
    case 'extra':
      return { ...withMore(event), type: null, eventType: event['subscriptionType'] }
    case 'numeric':
      return withText(event)
    case 'odd': {
      const { subscriptionType, ...others } = event
      return {
        ...others,
        subscriptionType: null,
        eventType:
          typeof subscriptionType === 'string' ? `conversations${subscriptionType.slice('conversation'.length)}` : null,
      }
    }
  }
}

const idsOf = ({ channelIntegrationThreadIds: ids }: JsonObject): Json[] => (Array.isArray(ids) ? ids : [])

/** `A-123` as the bare user id. */
const withBareActors = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([key, value]) =>
      /^(actorId|createdBy)$/.test(key) && typeof value === 'string' && /^A-\d+$/.test(value)
        ? [key, Number(value.slice(2))]
        : [key, value],
    ),
  )

/** Numbers as text, and the time as a date. */
const withText = (event: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(event).map(([key, value]) => {
      if (typeof value !== 'number') return [key, value]
      return [key, key === 'occurredAt' ? new Date(value).toISOString() : String(value)]
    }),
  )

/** Places and names that published types give in place of the usual ones. */
function oddEvent({ type, channelId, channelIntegrationThreadIds, message, ...others }: JsonObject): JsonObject {
  if (!isObject(message)) return { ...others, type: null, eventType: type, channelId }
  return {
    ...others,
    type: null,
    subscriptionType: type,
    message: {
      ...message,
      channelId,
      channelIntegrationThreadIds,
      senders: Array.isArray(message['senders']) ? [...message['senders'], null] : null,
      attachments: Array.isArray(message['attachments']) ? message['attachments'].map(oddAttachment) : null,
    },
  }
}

function oddAttachment(attachment: Json): Json {
  if (!isObject(attachment)) return attachment
  const { fileId, name, url } = attachment
  return { id: fileId, name, url, contentType: 'application/octet-stream' }
}
