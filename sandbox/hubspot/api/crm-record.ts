import type { Context } from 'hono'
import type { CrmRecord } from '../state/model'

/** The properties that a call asks for, as `properties=a,b` or `properties=a&properties=b`. */
export const askedProperties = (c: Context): string[] =>
  (c.req.queries('properties') ?? []).flatMap((names) => names.split(','))

/** Asking for properties replaces the default ones, except those that HubSpot always sends along. */
export function withProperties(
  record: CrmRecord,
  { asked, byDefault, always }: { asked: string[]; byDefault: string[]; always: string[] },
): CrmRecord {
  const names = asked.length === 0 ? byDefault : [...asked, ...always]
  // HubSpot leaves properties out that it does not know.
  const values = names.map((name) => [name, record.properties[name] ?? null])
  return { ...record, properties: Object.fromEntries(values) }
}
