import { RuntimeError } from '@botpress/sdk'
import { configurationSchema } from '../../definitions/configuration'
import type * as bp from '../bp'

/**
 * The owner's configuration, trimmed. Throws `RuntimeError` naming the fields that are missing, as the form does.
 */
export function configurationOf(ctx: bp.Context): bp.Configuration {
  // Pasted values bring blanks along. The definition itself cannot trim: Botpress knows it as a JSON schema.
  const given = Object.entries<unknown>(ctx.configuration)
  const trimmed = given.map(([field, value]) => [field, typeof value === 'string' ? value.trim() : value])
  const parsed = configurationSchema.safeParse(Object.fromEntries(trimmed))
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => `"${fieldTitle(String(issue.path[0]))}"`)
  const names = [...new Set(fields)].join(', ')
  throw new RuntimeError(`Fill in ${names} in the configuration of this integration and save again.`)
}

/** How the form calls a field. */
export function fieldTitle(field: string): string {
  const shape: Record<string, { ui?: { title?: unknown } }> = configurationSchema.shape
  const title = shape[field]?.ui?.title
  return typeof title === 'string' ? title : field
}
