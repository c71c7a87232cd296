import type * as z from 'zod/mini'

/** What the page was given, as it has to be; else an Error that says what is not. */
export function parse<S extends z.ZodMiniType>(schema: S, given: unknown): z.infer<S> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new Error(parsed.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; '))
}

/** Throws with words for people when there is nothing in it. */
export function someText(text: string): string {
  if (text.trim() === '') throw new Error('There is nothing to send.')
  return text
}
