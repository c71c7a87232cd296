import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, percentile, rounded, spreadOf } from './statistics'

const someNumbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 })

describe('the statistics', () => {
  it('use the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n)
    expect(spreadOf(hundred)).toEqual({ median: 50, p95: 95, p99: 99 })
    expect(spreadOf([7])).toEqual({ median: 7, p95: 7, p99: 7 })
    expect(median([3, 1, 2])).toBe(2)
  })

  it('return a measured value that the given share of values does not exceed', () => {
    const property = fc.property(someNumbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const found = percentile(values, share)
      expect(values).toContain(found)
      expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * values.length)
    })
    fc.assert(property)
  })

  it('do not change the order of their input, and refuse an empty one', () => {
    const values = [2, 1]
    median(values)
    expect(values).toEqual([2, 1])
    expect(() => median([])).toThrow('Nothing was measured')
  })

  it.each([
    [0, 0],
    [0.1234, 0.12],
    [1.2345, 1.23],
    [12.345, 12.3],
    [123.45, 123],
    [6213.4, 6213],
  ])('round %d to %d', (value, expected) => {
    expect(rounded(value)).toBe(expected)
  })
})
