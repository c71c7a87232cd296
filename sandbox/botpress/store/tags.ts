import { BotpressError } from '../errors'
import type { Tags } from '../types'

const LONGEST_VALUE = 500

export function assertTags(tags: Tags, known: ReadonlySet<string>, owner: string): void {
  for (const [name, value] of Object.entries(tags)) {
    if (!known.has(name)) {
      throw new BotpressError('InvalidPayload', `Tag "${name}" of the ${owner} is not declared by the integration`)
    }
    if (value.length > LONGEST_VALUE) {
      throw new BotpressError(
        'InvalidPayload',
        `Tag "${name}" of the ${owner} is longer than ${LONGEST_VALUE} characters`,
      )
    }
  }
}

/** Merges a change in; an empty value unsets its tag. */
export function mergeTags(current: Tags, change: Tags = {}): Tags {
  return Object.fromEntries(Object.entries({ ...current, ...change }).filter(([, value]) => value !== ''))
}

/** Each key must come with a value: a lookup by nothing would find whatever comes first. */
export function assertKeys(tags: Tags, discriminateByTags: readonly string[] | undefined): void {
  if (discriminateByTags?.length === 0) throw new BotpressError('InvalidPayload', 'discriminateByTags names no tag')
  for (const name of discriminateByTags ?? []) {
    if (!tags[name]) {
      throw new BotpressError('InvalidPayload', `discriminateByTags names "${name}", which tags gives no value for`)
    }
  }
}

/** With keys only those decide whether something is the same; without them all its tags must be equal. */
export function isSame(existing: Tags, wanted: Tags, discriminateByTags: readonly string[] | undefined): boolean {
  if (discriminateByTags) return discriminateByTags.every((name) => existing[name] === wanted[name])
  const tags = mergeTags(wanted)
  return hasAll(existing, tags) && Object.keys(existing).length === Object.keys(tags).length
}

export function hasAll(existing: Tags, wanted: Tags): boolean {
  return Object.entries(wanted).every(([name, value]) => existing[name] === value)
}
