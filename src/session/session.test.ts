import { expect, it } from 'vitest'
import { beganAt, newIntegrationThreadId } from './session'

it('a thread id of ours tells when its session began, and is never the same twice', () => {
  const now = 1_795_000_000_123
  expect(beganAt(newIntegrationThreadId(now))).toBe(now)
  expect(newIntegrationThreadId(now)).not.toBe(newIntegrationThreadId(now))
})

it.each(['', 'bp-', 'bp-12-x', 'xbp-1795000000123-x', '1795000000123'])('tells nothing of %j', (id) => {
  expect(beganAt(id)).toBeUndefined()
})
