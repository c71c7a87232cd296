import type { HubSpotError } from './errors'

/** All tries of one call together, in milliseconds, where the call names no other budget. */
export const RETRY_BUDGET_MS = 20_000

/** Between two tries, even if HubSpot asks for no wait: it would otherwise get thousands of calls within a budget. */
const LEAST_MS = 200

export type Try = {
  /** 0 for the first try. */
  attempt: number
  /** Since the first try began. */
  elapsedMs: number
  /** Whether a second effect would do no harm: a read, or a write that HubSpot recognizes when it is repeated. */
  repeatable: boolean
  /** All tries together, in milliseconds. */
  budgetMs: number
}

/**
 * Milliseconds to wait before the next try, or undefined for none. The daily limit, a refusal and a wait beyond the
 * budget are final. A broken connection is retried only when that cannot double the effect.
 */
export function delayBeforeRetry(
  error: HubSpotError,
  { attempt, elapsedMs, repeatable, budgetMs }: Try,
  random: () => number = Math.random,
): number | undefined {
  const delay = wantedDelay(error, attempt, repeatable, random)
  return delay !== undefined && elapsedMs + delay < budgetMs ? delay : undefined
}

/** How long all calls of a portal pause after a 429; undefined if that is longer than any of them could wait. */
export const pauseOf = (error: HubSpotError, attempt: number): number | undefined =>
  delayBeforeRetry(error, { attempt, elapsedMs: 0, repeatable: true, budgetMs: RETRY_BUDGET_MS })

function wantedDelay(error: HubSpotError, attempt: number, repeatable: boolean, random: () => number) {
  const { kind, status, category, message, neverSent } = error
  const retryAfterMs = error.retryAfterMs === undefined ? undefined : Math.max(LEAST_MS, error.retryAfterMs)
  if (kind === 'rateLimit') {
    // One call tries for all others of its portal, so it may ask often.
    return /daily/i.test(`${category} ${message}`) ? undefined : (retryAfterMs ?? backOff(1000, attempt, random, 2000))
  }
  if (kind !== 'unavailable') return undefined
  if (status === 423) return retryAfterMs ?? 2000
  if (status === 477) return retryAfterMs
  return repeatable || neverSent ? (retryAfterMs ?? backOff(200, attempt, random)) : undefined
}

/** Doubles from `firstMs` up to `mostMs`; jitter spreads out callers that failed together. */
function backOff(firstMs: number, attempt: number, random: () => number, mostMs = 5000): number {
  return Math.min(mostMs, firstMs * 2 ** attempt) * (1 + random() / 2)
}

/** Resolves to what `work` resolves to or, after `ms` milliseconds, to what `late` returns. Late work goes on. */
export async function inTime<T, L>(work: Promise<T>, ms: number, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms))
  })
  return Promise.race([work, over.then(late)]).finally(() => clearTimeout(timer))
}
