import { describe, expect, it } from 'vitest'
import { errorFromAnswer } from './errors'

describe('an answer outside 2xx', () => {
  it.each([
    [401, { category: 'EXPIRED_AUTHENTICATION' }, 'auth', 'EXPIRED_AUTHENTICATION'],
    [400, { error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' }, 'auth', 'BAD_REFRESH_TOKEN'],
    [400, { error: 'invalid_client' }, 'auth', 'invalid_client'],
    [403, { status: 'error', category: 'MISSING_SCOPES' }, 'missingScope', 'MISSING_SCOPES'],
    [404, { category: 'OBJECT_NOT_FOUND' }, 'notFound', 'OBJECT_NOT_FOUND'],
    [410, {}, 'notFound', undefined],
    [
      400,
      { category: 'VALIDATION_ERROR', subCategory: 'CustomChannelsError.X' },
      'validation',
      'CustomChannelsError.X',
    ],
    [403, { status: 'error' }, 'validation', undefined],
    [409, { category: 'CONFLICT' }, 'conflict', 'CONFLICT'],
    [429, { policyName: 'DAILY' }, 'rateLimit', 'DAILY'],
    [423, '', 'unavailable', undefined],
    [477, '', 'unavailable', undefined],
    [502, '<html>Bad gateway</html>', 'unavailable', undefined],
    [302, '', 'unexpected', undefined],
  ])('%i %j is of kind %s', (status, body, kind, category) => {
    expect(errorFromAnswer(status, {}, body)).toMatchObject({ kind, status, category })
  })

  it('names the scopes that are missing', () => {
    const body = {
      category: 'MISSING_SCOPES',
      correlationId: 'c-1',
      errors: [{ message: 'one or more', context: { requiredGranularScopes: ['files', 'conversations.read'] } }],
    }
    expect(errorFromAnswer(403, {}, body)).toMatchObject({
      missingScopes: ['files', 'conversations.read'],
      correlationId: 'c-1',
    })
  })

  it('reads Retry-After as seconds or as a date, and nothing else', () => {
    const wait = (header: unknown) => errorFromAnswer(429, { 'retry-after': header }, {}).retryAfterMs
    expect(wait('7')).toBe(7000)
    const inTenSeconds = wait(new Date(Date.now() + 10_000).toUTCString())
    expect(inTenSeconds).toBeGreaterThan(8000)
    expect(inTenSeconds).toBeLessThanOrEqual(10_000)
    expect([wait('soon'), wait(undefined), wait(7)]).toEqual([undefined, undefined, undefined])
  })
})
