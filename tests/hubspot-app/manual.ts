import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Manual =
  | 'hub.md'
  | 'docs/after-the-handoff.md'
  | 'docs/availability.md'
  | 'docs/existing-app.md'
  | 'docs/migrating.md'
  | 'docs/publishing.md'
  | 'docs/wrong-settings.md'

export const manual = (file: Manual): string => readFileSync(join(import.meta.dirname, '../..', file), 'utf8')

/** The text under a heading, up to the next heading of any level. */
export function sectionOf(file: Manual, heading: string): string {
  const [, after] = manual(file).split(`${heading}\n`)
  if (after === undefined) throw new Error(`${file} has no heading "${heading}".`)
  return after.split(/^#{1,6} /m)[0] ?? ''
}
