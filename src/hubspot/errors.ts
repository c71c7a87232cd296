import * as z from 'zod/mini'

/**
 * Everything that can go wrong with a call, as one closed list:
 * - `auth`: token, key or secret refused; `missingScope`: granted too little
 * - `notFound`, `validation`, `conflict`: HubSpot understood and refused
 * - `rateLimit`, `unavailable`: another try may succeed
 * - `unexpected`: an answer that HubSpot's descriptions do not know
 */
export type HubSpotErrorKind =
  | 'auth'
  | 'missingScope'
  | 'notFound'
  | 'validation'
  | 'conflict'
  | 'rateLimit'
  | 'unavailable'
  | 'unexpected'

export type HubSpotErrorDetails = {
  kind: HubSpotErrorKind
  /** HTTP status; undefined when no answer came. */
  status?: number | undefined
  /** HubSpot's own word for the case, such as `BAD_REFRESH_TOKEN` or `MISSING_SCOPES`. */
  category?: string | undefined
  /** What HubSpot's support asks for. */
  correlationId?: string | undefined
  missingScopes?: readonly string[]
  /** How long HubSpot asked to wait, in milliseconds. */
  retryAfterMs?: number | undefined
  /** Whether the call certainly did not reach HubSpot. */
  neverSent?: boolean
  cause?: unknown
}

export class HubSpotError extends Error {
  override readonly name = 'HubSpotError'
  readonly kind: HubSpotErrorKind
  readonly status: number | undefined
  readonly category: string | undefined
  readonly correlationId: string | undefined
  readonly missingScopes: readonly string[]
  readonly retryAfterMs: number | undefined
  readonly neverSent: boolean

  constructor(message: string, details: HubSpotErrorDetails) {
    super(message, { cause: details.cause })
    this.kind = details.kind
    this.status = details.status
    this.category = details.category
    this.correlationId = details.correlationId
    this.missingScopes = details.missingScopes ?? []
    this.retryAfterMs = details.retryAfterMs
    this.neverSent = details.neverSent ?? false
  }
}

export const isHubSpotError = (thrown: unknown, ...kinds: HubSpotErrorKind[]): thrown is HubSpotError =>
  thrown instanceof HubSpotError && (kinds.length === 0 || kinds.includes(thrown.kind))

/** HubSpot: "all fields should be treated as optional". OAuth errors use `error` and `status` instead of `category`. */
const envelope = z.catch(
  z.object({
    message: z.optional(z.string()),
    category: z.optional(z.string()),
    subCategory: z.optional(z.string()),
    error: z.optional(z.string()),
    status: z.optional(z.string()),
    correlationId: z.optional(z.string()),
    policyName: z.optional(z.string()),
    errors: z.optional(
      z.array(z.object({ context: z.optional(z.object({ requiredGranularScopes: z.optional(z.array(z.string())) })) })),
    ),
  }),
  {},
)

/** Turns an answer outside 2xx into an error. The message is HubSpot's own: it may name what the owner typed. */
export function errorFromAnswer(status: number, headers: Record<string, unknown>, body: unknown): HubSpotError {
  const parsed = envelope.parse(body)
  const category = categoryOf(parsed)
  return new HubSpotError(parsed.message ?? `HubSpot answered ${status}`, {
    kind: kindOf(status, category),
    status,
    category,
    correlationId: parsed.correlationId,
    missingScopes: (parsed.errors ?? []).flatMap((error) => error.context?.requiredGranularScopes ?? []),
    retryAfterMs: retryAfterMs(headers['retry-after']),
  })
}

function categoryOf(body: z.infer<typeof envelope>): string | undefined {
  if (body.policyName) return body.policyName
  if (body.subCategory) return body.subCategory
  const oauthStatus = body.status === 'error' ? undefined : body.status
  return body.category ?? oauthStatus ?? body.error
}

const REFUSED_CREDENTIALS = /^(BAD_|INVALID_AUTH|EXPIRED_AUTH|invalid_grant|invalid_client)/

function kindOf(status: number, category: string | undefined): HubSpotErrorKind {
  if (category === 'MISSING_SCOPES') return 'missingScope'
  if (status === 401 || (status === 400 && REFUSED_CREDENTIALS.test(category ?? ''))) return 'auth'
  if (status === 404 || status === 410) return 'notFound'
  if (status === 409) return 'conflict'
  if (status === 429) return 'rateLimit'
  // 423 is a lock held for about two seconds, 477 a migration of the account in progress.
  if (status >= 500 || status === 423 || status === 477 || status === 408) return 'unavailable'
  return status >= 400 ? 'validation' : 'unexpected'
}

/** `Retry-After` is a number of seconds or a date; anything else counts as absent. */
function retryAfterMs(header: unknown): number | undefined {
  if (typeof header !== 'string') return undefined
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}
