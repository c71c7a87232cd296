import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ExpiringMap } from './expiring-map'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('an expiring map returns an entry until it expires', () => {
  const map = new ExpiringMap<string, number>(1000)
  map.set('a', 1)
  vi.advanceTimersByTime(999)
  expect(map.get('a')).toBe(1)
  vi.advanceTimersByTime(1)
  expect(map.get('a')).toBeUndefined()
})

it('setting an entry of an expiring map again restarts its lifetime', () => {
  const map = new ExpiringMap<string, number>(1000)
  map.set('a', 1)
  vi.advanceTimersByTime(999)
  map.set('a', 2)
  vi.advanceTimersByTime(999)
  expect(map.get('a')).toBe(2)
})

it('a full expiring map drops the oldest entry', () => {
  const map = new ExpiringMap<string, number>(1000, 2)
  map.set('a', 1)
  map.set('b', 2)
  map.set('a', 3)
  map.set('c', 4)
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4])
})

it('an expiring map returns no deleted entry', () => {
  const map = new ExpiringMap<string, number>(1000)
  map.set('a', 1)
  map.delete('a')
  expect(map.get('a')).toBeUndefined()
})
