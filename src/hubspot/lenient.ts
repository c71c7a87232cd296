import * as z from 'zod/mini'

/**
 * Building blocks that require no more of HubSpot than a step needs. HubSpot may add fields and kinds, leave optional
 * fields out, send null for them, and send an id as a string or as a number.
 */

/** A string inside, whichever of the two it was. */
export const id = z.pipe(z.union([z.string().check(z.minLength(1)), z.number()]), z.transform(String))

/** Words or a value, where a number is as good as its digits. */
export const text = z.pipe(z.union([z.string(), z.number()]), z.transform(String))

/** A field that the step can do without: undefined when it is missing, null or of another shape. */
export const optional = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined)

/** A list that the step can do without. Entries of another shape are left out. */
export const optionalList = <T extends z.ZodMiniType>(entry: T) =>
  z.catch(
    z.pipe(
      z.array(z.unknown()),
      z.transform((entries) => entries.flatMap((each) => readable(entry, each))),
    ),
    [],
  )

/** Milliseconds since 1970, which HubSpot writes as a number, as digits or as an ISO date. */
export const time = optional(
  z.pipe(
    z.union([z.number(), z.string()]),
    z.transform((given) => {
      const ms = typeof given === 'number' || /^\d+$/.test(given) ? Number(given) : Date.parse(given)
      return ms > 0 ? ms : undefined
    }),
  ),
)

function readable<T extends z.ZodMiniType>(schema: T, value: unknown): z.infer<T>[] {
  const parsed = schema.safeParse(value)
  return parsed.success ? [parsed.data] : []
}

/** Where an answer could not be read, without any of its values: `results.2.id, paging`. */
export function pathsOf({ issues }: Issues, below: readonly PropertyKey[] = []): string {
  const paths = issues.map(({ path }) => [...below, ...path].map(String).join('.') || 'body')
  return [...new Set(paths)].join(', ')
}

type Issues = { issues: readonly { path: readonly PropertyKey[] }[] }
