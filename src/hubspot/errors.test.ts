import { describe, expect, it } from 'vitest'
import { errorFromAnswer } from './errors'

describe('an answer outside 2xx', () => {
  it.each([
    [401, { category: 'EXPIRED_AUTHENTICATION' }, 'auth', 'EXPIRED_AUTHENTICATION'],
    [400, { error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' }, 'auth', 'BAD_REFRESH_TOKEN'],
    [400, { error: 'invalid_client' }, 'auth', 'invalid_client'],
    [400, { error: 'invalid_grant', status: null, message: null }, 'auth', 'invalid_grant'],
    [
      400,
      { status: 'error', category: null, subCategory: 'OAuth.BAD_REFRESH_TOKEN' },
      'auth',
      'OAuth.BAD_REFRESH_TOKEN',
    ],
    [400, { status: 'MISMATCH_REDIRECT_URI_AUTH_CODE' }, 'auth', 'MISMATCH_REDIRECT_URI_AUTH_CODE'],
    [400, { category: 'BAD_REQUEST' }, 'validation', 'BAD_REQUEST'],
    [400, null, 'validation', undefined],
    [400, ['CONFLICT'], 'validation', undefined],
    [403, { category: 'MISSING_SCOPES', subCategory: 'Scopes.ANY' }, 'missingScope', 'Scopes.ANY'],
    [403, { category: null, context: { missingScopes: ['files.read'] } }, 'missingScope', undefined],
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

  it.each([
    { errors: [{ context: { requiredGranularScopes: ['files.read'] } }] },
    { context: { missingScopes: ['files.read'] } },
    { requiredScopes: ['files.read'] },
    { errors: [{ context: { requiredScopes: ['files.read'] } }] },
    { context: { requiredScopes: 'files.read' } },
    {
      errors: [null, 7, { context: null }, { context: { requiredGranularScopes: [null, 'files.read', 'files.read'] } }],
    },
  ])('names the missing scope wherever HubSpot puts it: %j', (body) => {
    expect(errorFromAnswer(403, {}, { category: 'MISSING_SCOPES', ...body }).missingScopes).toEqual(['files.read'])
  })

  it.each([
    { errors: [{ message: 'no', context: { propertyName: ['vat_number'] } }] },
    { errors: [{ message: 'no', in: 'vat_number' }] },
    { errors: [{ message: 'no', in: 'properties.vat_number' }] },
    { message: 'Property values were not valid: [{"isValid":false,"error":"REQUIRED_FIELD","name":"vat_number"}]' },
    { context: { propertyName: 'vat_number' }, errors: [{ context: { propertyName: ['Ada Example'] } }] },
  ])('names the property that is refused, and nothing that could be a value: %j', (body) => {
    expect(errorFromAnswer(400, {}, { category: 'VALIDATION_ERROR', ...body }).properties).toEqual(['vat_number'])
  })

  it.each([
    'message',
    'category',
    'subCategory',
    'status',
    'error',
    'policyName',
    'context',
    'errors',
    'links',
    'correlationId',
  ])('loses nothing else when %s is null or odd', (field) => {
    const body = {
      message: 'no',
      category: 'MISSING_SCOPES',
      correlationId: 'c-1',
      context: { missingScopes: ['files.read'] },
      errors: [{ context: { requiredGranularScopes: ['files.read'] } }],
    }
    const headers = { 'x-hubspot-correlation-id': 'c-1' }
    for (const odd of [null, 7, {}, [[]], '']) {
      expect(errorFromAnswer(403, headers, { ...body, [field]: odd })).toMatchObject({
        kind: 'missingScope',
        missingScopes: ['files.read'],
        correlationId: 'c-1',
      })
    }
  })

  it('reads Retry-After as seconds or as a date, and nothing else', () => {
    const wait = (header: unknown) => errorFromAnswer(429, { 'retry-after': header }, {}).retryAfterMs
    expect(wait('7')).toBe(7000)
    const inTenSeconds = wait(new Date(Date.now() + 10_000).toUTCString())
    expect(inTenSeconds).toBeGreaterThan(8000)
    expect(inTenSeconds).toBeLessThanOrEqual(10_000)
    expect([wait('1.5'), wait('7 ')]).toEqual([1500, 7000])
    const nonsense = ['soon', '', '-1', '-30', '1,2', 'Sat, 28 Nov 2020 10:00:00 GMT', undefined, 7]
    expect(nonsense.map(wait)).toEqual(nonsense.map(() => undefined))
  })
})
