import * as z from 'zod/mini'
import { optional } from './schemas'

/**
 * Everything that can go wrong with a call, as one closed list:
 * - `auth`: token, key or secret refused; `missingScope`: granted too little
 * - `notFound`, `validation`, `conflict`: HubSpot understood and refused
 * - `rateLimit`, `unavailable`: another try may succeed
 * - `unreadable`: HubSpot answered 2xx without what the step needs
 * - `unexpected`: a status that is neither success nor failure
 */
export type HubSpotErrorKind =
  | 'auth'
  | 'missingScope'
  | 'notFound'
  | 'validation'
  | 'conflict'
  | 'rateLimit'
  | 'unavailable'
  | 'unreadable'
  | 'unexpected'

export class HubSpotError extends Error {
  override readonly name = 'HubSpotError'
  readonly kind: HubSpotErrorKind
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined
  /** HubSpot's own word for the case, such as `BAD_REFRESH_TOKEN` or `MISSING_SCOPES`. */
  readonly category: string | undefined
  /** What HubSpot's support asks for. */
  readonly correlationId: string | undefined
  readonly missingScopes: readonly string[] = []
  /** The properties of a CRM record that HubSpot refuses. */
  readonly properties: readonly string[] = []
  /** What of an answer could not be read, as in `results of GET /conversations/v3/conversations/inboxes`. */
  readonly where: string | undefined
  /** How long HubSpot asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined
  /** Whether the call certainly did not reach HubSpot. */
  readonly neverSent: boolean = false

  constructor(message: string, { kind, ...details }: HubSpotErrorDetails) {
    super(message)
    this.kind = kind
    Object.assign(this, details)
  }
}

export type HubSpotErrorDetails = Pick<HubSpotError, 'kind'> & Partial<Omit<HubSpotError, 'kind' | keyof Error>>

export const isHubSpotError = (thrown: unknown, ...kinds: HubSpotErrorKind[]): thrown is HubSpotError =>
  thrown instanceof HubSpotError && (kinds.length === 0 || kinds.includes(thrown.kind))

/** Resolves to undefined if the call fails in one of these ways; in any of them, if none is named. */
export const undefinedIf = <T>(call: Promise<T>, ...kinds: HubSpotErrorKind[]): Promise<T | undefined> =>
  call.catch((thrown: unknown) => {
    if (!isHubSpotError(thrown, ...kinds)) throw thrown
    return undefined
  })

type Fields = Record<string, unknown>

/**
 * HubSpot: "all fields should be treated as optional". Each is read by itself, so that an odd one costs no other.
 * Anything but an object has none.
 */
const fields = z.catch(z.record(z.string(), z.unknown()), {})
const word = optional(z.string().check(z.minLength(1)))

/** Turns an answer outside 2xx into an error. The message is HubSpot's own: it may name what the owner typed. */
export function errorFromAnswer(status: number, headers: Fields, answer: unknown): HubSpotError {
  const body = fields.parse(answer)
  const message = word.parse(body['message'])
  const category = categoryOf(body)
  const missingScopes = namedIn(body, SCOPE_KEYS, SCOPE)
  return new HubSpotError(message ?? `HubSpot answered ${status}`, {
    kind: kindOf(status, category, body['category'] === 'MISSING_SCOPES' || missingScopes.length > 0),
    status,
    category,
    correlationId: word.parse(body['correlationId']) ?? word.parse(headers['x-hubspot-correlation-id']),
    missingScopes,
    properties: [...new Set([...namedIn(body, PROPERTY_KEYS, PROPERTY), ...propertiesInMessage(message)])],
    retryAfterMs: retryAfterMs(headers['retry-after']),
  })
}

/** OAuth errors say `error`, and their own `status` where others have "error". */
function categoryOf(body: Fields): string | undefined {
  const [policy, subCategory, category, status, error] = CATEGORY_KEYS.map((key) => word.parse(body[key]))
  return policy ?? subCategory ?? category ?? (status === 'error' ? undefined : status) ?? error
}

const CATEGORY_KEYS = ['policyName', 'subCategory', 'category', 'status', 'error']

/** Client id, client secret, redirect URL, code or token: OAuth refuses them with 400, under many names. */
const REFUSED_CREDENTIALS =
  /\b(BAD_(?!REQUEST)|MISMATCH_|INVALID_AUTH|EXPIRED_AUTH|invalid_grant|invalid_client|unauthorized_client)/i

function kindOf(status: number, category = '', isMissingScope = false): HubSpotErrorKind {
  if (isMissingScope && (status === 400 || status === 401 || status === 403)) return 'missingScope'
  if (status === 401 || (status === 400 && REFUSED_CREDENTIALS.test(category))) return 'auth'
  if (status === 404 || status === 410) return 'notFound'
  if (status === 409) return 'conflict'
  if (status === 429) return 'rateLimit'
  // 423 is a lock held for about two seconds, 477 a migration of the account in progress.
  if (status >= 500 || status === 423 || status === 477 || status === 408) return 'unavailable'
  return status >= 400 ? 'validation' : 'unexpected'
}

/** HubSpot has named them differently over time. */
const SCOPE_KEYS = ['requiredGranularScopes', 'missingScopes', 'requiredScopes']
const SCOPE = /^[a-z][\w.-]*$/

const PROPERTY_KEYS = ['propertyName', 'name', 'in']
/** An internal name: anything else might be what a customer typed. */
const PROPERTY = /^[a-z][a-z0-9_]*$/
export const isPropertyName = (name: string): boolean => PROPERTY.test(name)

/** The names that the answer, its details or their contexts give under one of the keys, each once. */
function namedIn(body: Fields, keys: readonly string[], form: RegExp): string[] {
  const details = (Array.isArray(body['errors']) ? body['errors'] : []).map((detail) => fields.parse(detail))
  const holders = [body, ...details].flatMap((holder) => [holder, fields.parse(holder['context'])])
  const values = holders.flatMap((holder) => keys.flatMap((key) => holder[key]))
  const names = values.flatMap((value) => (typeof value === 'string' ? value.split(/[\s,]+/) : []))
  return [...new Set(names.map((name) => name.replace(/^properties\./, '')))].filter((name) => form.test(name))
}

/** HubSpot can put a list of refused properties into its message, as JSON. */
const propertiesInMessage = (message = ''): string[] =>
  [...message.matchAll(/"name"\s*:\s*"([a-z][a-z0-9_]*)"/g)].map(([, name = '']) => name)

/**
 * `Retry-After` is a number of seconds or a date to come. Anything else counts as absent: `Date.parse` also takes "-1" for
 * a date, and a time that has passed would mean to try without a pause.
 */
function retryAfterMs(header: unknown): number | undefined {
  if (typeof header !== 'string') return undefined
  const seconds = Number(header)
  if (header.trim() !== '' && !Number.isNaN(seconds)) return seconds < 0 ? undefined : seconds * 1000
  const ms = Date.parse(header) - Date.now()
  return ms > 0 ? ms : undefined
}
