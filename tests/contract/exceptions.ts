import { isObject, type Json } from './schemas'

/**
 * Differences between HubSpot's API descriptions and its documented or observed behaviour. Everything else must match
 * the descriptions.
 */

/** Paths that HubSpot serves but does not describe, with the described path to compare them with. */
export const aliases: { method: string; path: RegExp; as: { method: string; path: string } }[] = [
  // The description has listing and creating at another path, but clients use this one.
  { method: 'GET', path: /^\/conversations\/v3\/custom-channels\/?$/, as: moved('GET') },
  { method: 'POST', path: /^\/conversations\/v3\/custom-channels\/?$/, as: moved('POST') },
  // The guide assigns with POST, next to the other thread paths.
  ...['PUT', 'POST', 'DELETE'].map((method) => ({
    method,
    path: /^\/conversations\/v3\/conversations\/threads\/[^/]+\/assignee$/,
    as: assigneeAt('/conversations/conversations/v3', method),
  })),
  ...['v3', '2026-09'].map((version) => ({
    method: 'POST',
    path: new RegExp(`^/conversations/conversations/${version}/threads/[^/]+/assignee$`),
    as: assigneeAt(`/conversations/conversations/${version}`, 'POST'),
  })),
]

function moved(method: string) {
  return { method, path: '/conversations/custom-channels/v3' }
}

function assigneeAt(base: string, method: string) {
  return { method: method === 'POST' ? 'PUT' : method, path: `${base}/threads/1/assignee` }
}

/** Not API calls: pages and file contents. */
export const outsideTheApi = [/^\/oauth\/(\d+\/)?authorize$/, /^\/hubfs\//, /^\/signed-files\//]

/** HubSpot's guide uses both, but the descriptions declare neither. */
export const undeclaredQuery = new Set(['hapikey', 'appId'])

/** The guide's names for the field that the description calls `token`. */
export const introspectFields = ['access_token', 'refresh_token']

type Violation = { keyword: string; instancePath: string; schemaPath: string; params: Record<string, unknown> }

export type Part = { part: 'request' | 'response'; method: string; path: string; status: number; body: Json }

export function isAllowed(violation: Violation, { part, method, path, status, body }: Part): boolean {
  if (part === 'request') return isAllowedRequest(violation, method, path)
  const { keyword, instancePath, params } = violation
  // Every error has `status: "error"`, but the schema does not.
  if (status >= 400 && keyword === 'additionalProperties' && params['additionalProperty'] === 'status') return true
  // OAuth's errors have the shape of RFC 6749, with HubSpot's own status and message.
  if (status >= 400 && path.startsWith('/oauth/') && isObject(body) && typeof body['error'] === 'string') return true
  // The documented rate limit response differs from the other errors.
  if (status === 429 && isObject(body) && body['errorType'] === 'RATE_LIMIT') return true
  // The description of 2026-09 has lost the fields that version 3 gives for each kind of token.
  if (path === '/oauth/2026-09/token/introspect' && keyword === 'additionalProperties') return true
  // A record's empty properties are null.
  return path.includes('/objects/') && keyword === 'type' && /\/properties\/[^/]+$/.test(instancePath)
    ? valueAt(body, instancePath) === null
    : false
}

function isAllowedRequest({ keyword, instancePath, params }: Violation, method: string, path: string): boolean {
  // The description requires every field of a channel's PATCH, but sending only the changes works.
  if (method === 'PATCH' && /\/custom-channels\/[^/]+(\/\d+)?$/.test(path) && keyword === 'required') {
    return instancePath === ''
  }
  const extra = String(params['additionalProperty'])
  return path.endsWith('/introspect') && keyword === 'additionalProperties' && introspectFields.includes(extra)
}

function valueAt(body: Json, pointer: string): Json | undefined {
  const keys = pointer.split('/').slice(1)
  return keys.reduce<Json | undefined>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)]
    return isObject(value) ? value[key] : undefined
  }, body)
}
