import { afterEach, describe, expect, it, vi } from 'vitest'
import { issued, MINUTE, NOW, stored } from '../../tests/support/token-processes'
import { accountLabel, isFresh, portalOf, tokensFrom } from './issued-tokens'

afterEach(() => {
  vi.useRealTimers()
})

describe('an access token', () => {
  it.each([
    [60, 60_000],
    [1800, 1_800_000],
    [undefined, 1_800_000],
  ])('that HubSpot issues for %s seconds ends after %i milliseconds', (seconds, ms) => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    expect(tokensFrom(issued({ expires_in: seconds }), stored).expiresAt).toBe(NOW + ms)
  })

  it('is replaced five minutes before it ends', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    const left = (ms: number) => isFresh({ ...stored, expiresAt: NOW + ms })
    expect([left(5 * MINUTE), left(5 * MINUTE + 1)]).toEqual([false, true])
  })

  it('that HubSpot issues keeps of the former ones what HubSpot does not say again', () => {
    const bare = { hub_id: undefined, hub_domain: undefined, refresh_token: undefined, scopes: undefined }
    const { refreshToken, portalId, accountName, scopes } = stored
    expect(tokensFrom(issued(bare), stored)).toMatchObject({ refreshToken, portalId, accountName, scopes })
    const said = { hub_id: '8', hub_domain: 'new.example', refresh_token: 'r', scopes: ['tickets'] }
    expect(tokensFrom(issued(said), stored)).toMatchObject({
      refreshToken: 'r',
      portalId: '8',
      accountName: 'new.example',
      scopes: ['tickets'],
    })
  })
})

it('an account is named as people know it, and tokens of an unknown one are refused', () => {
  expect(accountLabel(stored)).toBe('7 (example.com)')
  expect(accountLabel({ portalId: '7', accountName: undefined })).toBe('7')
  expect(portalOf(issued())).toBe('7')
  expect(() => portalOf(issued({ hub_id: undefined }))).toThrow('HubSpot did not say which account')
})
