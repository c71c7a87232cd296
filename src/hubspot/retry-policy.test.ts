import { describe, expect, it } from 'vitest'
import { HubSpotError, type HubSpotErrorDetails } from './errors'
import { delayBeforeRetry, RETRY_BUDGET_MS, type Try } from './retry-policy'

const delay = (details: HubSpotErrorDetails, tried: Partial<Try> = {}) =>
  delayBeforeRetry(
    new HubSpotError('failed', details),
    { attempt: 0, elapsedMs: 0, repeatable: true, budgetMs: RETRY_BUDGET_MS, ...tried },
    () => 0,
  )

describe('the retry policy', () => {
  it('waits as long as HubSpot asks', () => {
    expect(delay({ kind: 'rateLimit', status: 429, retryAfterMs: 3000 })).toBe(3000)
    expect(delay({ kind: 'unavailable', status: 503, retryAfterMs: 700 })).toBe(700)
    expect(delay({ kind: 'unavailable', status: 477, retryAfterMs: 5000 })).toBe(5000)
  })

  it('backs off by doubling where HubSpot asks for nothing, up to two seconds at its limit and five otherwise', () => {
    const delays = (details: HubSpotErrorDetails) => [0, 1, 2, 9].map((attempt) => delay(details, { attempt }))
    expect(delays({ kind: 'rateLimit', status: 429 })).toEqual([1000, 2000, 2000, 2000])
    expect(delays({ kind: 'unavailable', status: 502 })).toEqual([200, 400, 800, 5000])
    expect(delays({ kind: 'unavailable', status: 423 })).toEqual([2000, 2000, 2000, 2000])
  })

  it('adds up to half as much again, so that callers spread', () => {
    const error = new HubSpotError('failed', { kind: 'rateLimit', status: 429 })
    expect(
      delayBeforeRetry(error, { attempt: 0, elapsedMs: 0, repeatable: true, budgetMs: RETRY_BUDGET_MS }, () => 0.999),
    ).toBeCloseTo(1499.5)
  })

  it('gives up when the wait would go beyond the budget', () => {
    expect(delay({ kind: 'rateLimit', status: 429 }, { elapsedMs: RETRY_BUDGET_MS - 1001 })).toBe(1000)
    expect(delay({ kind: 'rateLimit', status: 429 }, { elapsedMs: RETRY_BUDGET_MS - 1000 })).toBeUndefined()
    expect(delay({ kind: 'unavailable', status: 477, retryAfterMs: 86_400_000 })).toBeUndefined()
  })

  it('does not wait for the end of the day', () => {
    expect(delay({ kind: 'rateLimit', status: 429, category: 'DAILY' })).toBeUndefined()
  })

  it('repeats what may have taken effect only where that does no harm', () => {
    expect(delay({ kind: 'unavailable', status: 500 }, { repeatable: false })).toBeUndefined()
    expect(delay({ kind: 'unavailable' }, { repeatable: false })).toBeUndefined()
    expect(delay({ kind: 'unavailable', neverSent: true }, { repeatable: false })).toBe(200)
    expect(delay({ kind: 'rateLimit', status: 429 }, { repeatable: false })).toBe(1000)
  })

  it.each(['auth', 'missingScope', 'notFound', 'validation', 'conflict', 'unexpected'] as const)(
    'takes %s for final',
    (kind) => expect(delay({ kind })).toBeUndefined(),
  )
})
