import type { z } from '@botpress/sdk'
import { BotpressError } from './errors'

/** Refuses what the schema does not allow, and what it does not declare. */
export function assertMatches(schema: z.ZodTypeAny, value: unknown, what: string): void {
  const extra = undeclaredKey(value, assertFits(schema, value, what))
  if (extra !== undefined) throw invalid(what, `${extra}: must NOT have additional properties`)
}

/** Refuses what the schema does not allow; returns the value without what it does not declare. */
export function assertFits(schema: z.ZodTypeAny, value: unknown, what: string): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'data'}: ${issue.message}`)
  throw invalid(what, problems.join('; '))
}

const invalid = (what: string, problem: string): BotpressError =>
  new BotpressError('InvalidPayload', `Invalid ${what}: ${problem}`)

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
