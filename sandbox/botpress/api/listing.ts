import type { Context } from 'hono'
import { BotpressError } from '../errors'
import { hasAll } from '../store/tags'
import type { Tags } from '../types'

const PAGE_SIZE = 20

const CHOICES: Record<string, readonly string[]> = {
  rangeField: ['updatedAt', 'createdAt'],
  sortField: ['updatedAt', 'createdAt'],
  sortDirection: ['asc', 'desc'],
}

export type ListQuery = { params: Record<string, string>; tags: Tags }
type Listed = { createdAt: string; updatedAt?: string; tags?: Tags }

/** The client writes a filter by tags as `tags.name=value`. */
export function readQuery(c: Context, allowed: readonly string[]): ListQuery {
  const params: Record<string, string> = {}
  const tags: Tags = {}
  for (const [name, value] of new URL(c.req.url).searchParams) {
    const tag = name.startsWith('tags.') && allowed.includes('tags') ? name.slice('tags.'.length) : undefined
    if (CHOICES[name]?.includes(value) === false) {
      throw new BotpressError('InvalidQuery', `"${value}" is not a value of the query parameter "${name}"`)
    }
    if (tag !== undefined) tags[tag] = value
    else if (allowed.includes(name) && name !== 'tags') params[name] = value
    else throw new BotpressError('InvalidQuery', `The query parameter "${name}" is not known to this operation`)
  }
  return { params, tags }
}

/** Filters, sorts (newest first unless asked otherwise) and cuts into pages. */
export function listPage<T extends Listed>(items: T[], { params, tags }: ListQuery): [T[], { nextToken?: string }] {
  const time = (item: T, field: string | undefined) => (field === 'updatedAt' && item.updatedAt) || item.createdAt
  const { afterDate, beforeDate } = { afterDate: dateOf(params['afterDate']), beforeDate: dateOf(params['beforeDate']) }
  const kept = items.filter((item) => {
    const at = Date.parse(time(item, params['rangeField']))
    return hasAll(item.tags ?? {}, tags) && at > (afterDate ?? -Infinity) && at < (beforeDate ?? Infinity)
  })
  const direction = params['sortDirection'] === 'asc' ? 1 : -1
  // Turned first, so that things of the same millisecond are newest first as well; both work on the filter's own copy.
  if (direction === -1) kept.reverse()
  kept.sort((a, b) => direction * time(a, params['sortField']).localeCompare(time(b, params['sortField'])))
  const start = offsetOf(params['nextToken'])
  const end = start + PAGE_SIZE
  return [kept.slice(start, end), end < kept.length ? { nextToken: tokenOf(end) } : {}]
}

function dateOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const time = Date.parse(value)
  if (Number.isNaN(time)) throw new BotpressError('InvalidQuery', `"${value}" is not an ISO 8601 time`)
  return time
}

function tokenOf(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url')
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0
  const offset = /^offset:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1]
  if (offset === undefined) throw new BotpressError('InvalidQuery', 'nextToken is not one that was given')
  return Number(offset)
}
