import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HubSpotError, type HubSpotErrorDetails } from './errors'
import { delayBeforeRetry, inTime, pauseOf, RETRY_BUDGET_MS, type Try } from './retry-policy'

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

  it('never tries without a pause, even if HubSpot asks for none', () => {
    for (const [kind, status] of [
      ['rateLimit', 429],
      ['unavailable', 503],
      ['unavailable', 423],
    ] as const)
      expect(delay({ kind, status, retryAfterMs: 0 }, { attempt: 5 })).toBe(200)
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

  it('does not try a portal that moves (477) before the time that HubSpot names', () => {
    expect(delay({ kind: 'unavailable', status: 477 })).toBeUndefined()
    expect(delay({ kind: 'unavailable', status: 477, retryAfterMs: 5000 }, { repeatable: false })).toBe(5000)
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

describe('the pause of a portal after a 429', () => {
  const refusal = (retryAfterMs?: number) =>
    new HubSpotError('failed', { kind: 'rateLimit', status: 429, retryAfterMs })

  it('is what HubSpot asks for, else one second and then two, and up to half as much again', () => {
    expect(pauseOf(refusal(700), 3)).toBe(700)
    const pauses = [0, 1, 5].map((attempt) => (pauseOf(refusal(), attempt) ?? 0) / 1000)
    pauses.forEach((seconds, index) => {
      expect(seconds).toBeGreaterThanOrEqual(index === 0 ? 1 : 2)
      expect(seconds).toBeLessThan(index === 0 ? 1.5 : 3)
    })
  })

  it('is none if no call could wait for so long', () => {
    expect(pauseOf(refusal(RETRY_BUDGET_MS), 0)).toBeUndefined()
    expect(pauseOf(refusal(RETRY_BUDGET_MS - 1), 0)).toBe(RETRY_BUDGET_MS - 1)
  })
})

describe('work with a deadline', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms, 'done'))

  it.each([
    [99, 'done'],
    [101, 'late'],
  ])('of 100 ms that takes %i ms is %s', async (ms, outcome) => {
    const race = inTime(after(ms), 100, () => 'late')
    await vi.advanceTimersByTimeAsync(100)
    await vi.advanceTimersByTimeAsync(1)
    expect(await race).toBe(outcome)
  })

  it('is late at once if the deadline has passed', async () => {
    const race = inTime(after(50), -1_000, () => 'late')
    await vi.advanceTimersByTimeAsync(50)
    expect(await race).toBe('late')
  })

  it('leaves no timer behind, and passes on what the work or the deadline throws', async () => {
    expect(await inTime(Promise.resolve('done'), 100, () => 'late')).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
    await expect(inTime(Promise.reject(new Error('failed')), 100, () => 'late')).rejects.toThrow('failed')
    const race = inTime(new Promise(() => undefined), 100, () => {
      throw new Error('late')
    })
    await Promise.all([expect(race).rejects.toThrow('late'), vi.advanceTimersByTimeAsync(100)])
    expect(vi.getTimerCount()).toBe(0)
  })
})
