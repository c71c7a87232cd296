import { describe, expect, it } from 'vitest'
import { endpointsOf } from './endpoints'

describe('the table of endpoints', () => {
  it('keeps an id from leading to another endpoint', () => {
    const { thread } = endpointsOf('v3')
    expect(thread('../inboxes')).toBe('/conversations/v3/conversations/threads/..%2Finboxes')
    expect(thread('..')).toBe('/conversations/v3/conversations/threads/_')
  })

  it('has no version of another family in it', () => {
    const paths = (family: 'v3' | 'dated') => {
      const { channelCollections, ...rest } = endpointsOf(family)
      const others = Object.values(rest).map((path) => (typeof path === 'string' ? path : path('1', '2')))
      return [...channelCollections, ...others]
    }
    expect(paths('v3').filter((path) => !path.includes('/v3'))).toEqual([])
    expect(paths('dated').filter((path) => !/\/20\d\d-\d\d(\/|$)/.test(path) || path.includes('v3'))).toEqual([])
  })
})
