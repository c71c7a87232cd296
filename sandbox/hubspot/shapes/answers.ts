import type { MiddlewareHandler } from 'hono'
import type { World } from '../state/world'
import { isObject, mapObjects, withMore, withNumbers, without, type Json, type JsonObject, type Shape } from './shape'

/** The fields that HubSpot's descriptions do not require, by where they are answered. */
const OPTIONAL: readonly { path: RegExp; fields: readonly string[] }[] = [
  { path: /\/token$/, fields: ['hub_id', 'scopes', 'user_id'] },
  { path: /\/introspect$/, fields: ['hub_domain', 'user'] },
  { path: /\/actors\/A-/, fields: ['name', 'email', 'avatar'] },
  {
    path: /\/threads\/[^/]+$/,
    fields: [
      'assignedTo',
      'closedAt',
      'latestMessageTimestamp',
      'latestMessageSentTimestamp',
      'latestMessageReceivedTimestamp',
      'threadAssociations',
    ],
  },
  { path: /\/owners(\/|$)/, fields: ['email', 'firstName', 'lastName', 'teams', 'userId', 'userIdIncludingInactive'] },
  { path: /\/messages(\/|$)/, fields: ['inReplyToId', 'subject', 'status', 'updatedAt', 'actorId', 'url'] },
  { path: /\/custom-channels\/.+\/messages(\/|$)/, fields: ['richText'] },
  { path: /\/channel-accounts(\/|$)/, fields: ['deliveryIdentifier', 'archivedAt'] },
  {
    path: /\/custom-channels(\/[^/]+)?$/,
    fields: ['webhookUrl', 'channelDescription', 'channelLogoUrl', 'channelAccountConnectionRedirectUrl'],
  },
  { path: /\/2026-03\/.+\/signed-url$/, fields: ['extension', 'height', 'name', 'size', 'type', 'width'] },
  {
    path: /\/files$/,
    fields: ['name', 'path', 'size', 'url', 'defaultHostingUrl', 'type', 'extension', 'encoding'],
  },
]

/** Answers as the switch `answers` says. */
export function shapedAnswers(world: World): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { answers: shape, shownCapabilities } = world.switches
    if (c.res.status >= 300 || !c.res.headers.get('content-type')?.includes('json')) return
    const body: Json = JSON.parse(await c.res.clone().text())
    const { pathname } = new URL(c.req.url)
    const shown = shownCapabilities === undefined ? body : withCapabilities(body, shownCapabilities)
    c.res = Response.json(shaped(shown, pathname, shape), { status: c.res.status })
  }
}

function shaped(body: Json, path: string, shape: Shape): Json {
  const optional = OPTIONAL.filter((each) => each.path.test(path)).flatMap(({ fields }) => fields)
  switch (shape) {
    case 'full':
      return body
    case 'lean':
    case 'null':
      return mapObjects(body, (object) => without(object, optional, shape))
    case 'extra':
      return mapObjects(body, withMore)
    case 'numeric':
      return mapObjects(body, withNumbers)
    case 'odd':
      return isObject(body) && Array.isArray(body['results']) ? { ...body, ...oddList(body['results'], path) } : body
  }
}

/** Unknown and unreadable entries, and paging without a next page. */
function oddList(results: Json[], path: string): JsonObject {
  const others: JsonObject[] = path.endsWith('/inboxes')
    ? [{ id: '590001', name: 'Forum', type: 'COMMUNITY' }, { id: '590002', type: null }, { name: 'Without an id' }]
    : [{ id: 590003 }, { id: '590004', name: null, capabilities: null, properties: null }, { id: null }]
  return { results: [null, ...others, ...results], paging: { next: {}, prev: null } }
}

/** A channel as HubSpot may show it, whatever was registered. */
const withCapabilities = (body: Json, shown: JsonObject): Json =>
  mapObjects(body, (object) =>
    isObject(object['capabilities'])
      ? {
          ...object,
          channelDescription: 'As the owner describes it',
          capabilities: { ...object['capabilities'], ...shown },
        }
      : object,
  )
