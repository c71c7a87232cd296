import { spreadOf } from './statistics'

/** One subject of measurement, for the integration and, where it makes sense, the baseline. */
export type Figure = { name: string; unit: string; integration: number; baseline?: number }

export type Section = { title: string; figures: Figure[] }

/** One strategy's figures by name; the name ends with the unit in brackets. */
export type Values = Record<string, number>

export function section(title: string, integration: Values, baseline: Values = {}): Section {
  const figures = Object.entries(integration).map(([named, value]): Figure => {
    const [, name = named, unit = ''] = /^(.*) \[(.*)\]$/.exec(named) ?? []
    const other = baseline[named]
    return { name, unit, integration: value, ...(other === undefined ? {} : { baseline: other }) }
  })
  return { title, figures }
}

/** Summarizes milliseconds in three figures. */
export function spread(durations: readonly number[]): Values {
  const { median, p95, p99 } = spreadOf(durations)
  return { 'median [ms]': median, 'p95 [ms]': p95, 'p99 [ms]': p99 }
}
