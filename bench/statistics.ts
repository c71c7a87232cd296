/** The percentile for `share` by the nearest-rank method, which always returns a measured value. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('Nothing was measured')
  return value
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export type Spread = { median: number; p95: number; p99: number }

export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  p95: percentile(values, 0.95),
  p99: percentile(values, 0.99),
})

/** Three significant digits, and no decimals from 100 on. */
export function rounded(value: number): number {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))
  return Number(value.toFixed(Math.min(digits, 2)))
}
