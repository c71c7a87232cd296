import type * as z from 'zod/mini'

/** Parses a request's content. Throws an Error that lists what is invalid. */
export function parse<S extends z.ZodMiniType>(schema: S, given: unknown): z.infer<S> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new Error(parsed.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; '))
}

/** Throws a readable error if the text is empty. */
export function someText(text: string): string {
  if (text.trim() === '') throw new Error('There is nothing to send.')
  return text
}
