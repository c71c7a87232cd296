import type { Context } from 'hono'
import { invalid } from '../problem'

export type PageLimits = { byDefault: number; max: number }

/** One page of a list and, where more follows, how to ask for it. */
export function page<T>(c: Context, items: T[], { byDefault, max }: PageLimits) {
  const limit = whole(c, 'limit', byDefault)
  if (limit < 1 || limit > max) throw invalid(`limit must be between 1 and ${max}`)
  return slice(items, whole(c, 'after', 0), limit)
}

export function slice<T>(items: T[], start: number, limit: number) {
  const end = start + limit
  const paging = end < items.length ? { paging: { next: { after: String(end) } } } : {}
  return { results: items.slice(start, end), ...paging }
}

function whole(c: Context, name: string, byDefault: number): number {
  const given = c.req.query(name)
  if (given === undefined) return byDefault
  if (!/^\d+$/.test(given)) throw invalid(`${name} must be a number, not "${given}"`)
  return Number(given)
}

export function flag(c: Context, name: string): boolean {
  const given = c.req.query(name)
  if (given !== undefined && given !== 'true' && given !== 'false') throw invalid(`${name} must be true or false`)
  return given === 'true'
}
