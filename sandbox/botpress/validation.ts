import type { z } from '@botpress/sdk'
import { BotpressError } from './errors'

/** What is wrong with a value, or undefined. */
export function mismatch(schema: z.ZodTypeAny, value: unknown): string | undefined {
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `${issue.path.join('.') || 'data'}: ${issue.message}`).join('; ')
  }
  const extra = undeclaredKey(value, parsed.data)
  return extra === undefined ? undefined : `${extra}: must NOT have additional properties`
}

export function assertMatches(schema: z.ZodTypeAny, value: unknown, what: string): void {
  const problem = mismatch(schema, value)
  if (problem !== undefined) throw new BotpressError('InvalidPayload', `Invalid ${what}: ${problem}`)
}

/**
 * Botpress validates against JSON schemas with `additionalProperties: false` at every depth, while parsing drops such
 * properties in silence: what parsing dropped is what Botpress refuses.
 */
function undeclaredKey(given: unknown, kept: unknown): string | undefined {
  if (!isTree(given) || !isTree(kept)) return undefined
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!Object.hasOwn(kept, key)) return key
    const inner = undeclaredKey(value, kept[key])
    if (inner !== undefined) return `${key}.${inner}`
  }
  return undefined
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
