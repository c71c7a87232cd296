import type { Context } from 'hono'
import type * as z from 'zod'
import { invalid, Problem, type ErrorDetail } from '../problem'
import type { World } from '../state/world'

/** A JSON body of the given shape; what does not fit is refused in HubSpot's words. `defaults` count when lenient. */
export async function readJson<T>(
  world: World,
  c: Context,
  schema: z.ZodType<T>,
  defaults?: () => Record<string, unknown>,
): Promise<T> {
  assertContentType(c, 'application/json')
  const body = parseJson(await c.req.text())
  const lenient = world.switches.lenientFields
  return checked(schema, lenient ? { ...defaults?.(), ...body } : body, lenient)
}

/** A form body as URL-encoded fields; a repeated field counts once. */
export async function readForm<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  assertContentType(c, 'application/x-www-form-urlencoded')
  return checked(schema, Object.fromEntries(new URLSearchParams(await c.req.text())), false)
}

export function assertContentType(c: Context, wanted: string): void {
  const given = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (given !== wanted) {
    throw new Problem(415, { message: 'HTTP 415 Unsupported Media Type', category: 'VALIDATION_ERROR' })
  }
}

export function parseJson(text: string): Record<string, unknown> {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw invalid('Invalid input JSON on line 1, column 1: the body is not JSON')
  }
  if (!isObject(body)) throw invalid('Invalid input JSON on line 1, column 1: the body is not an object')
  return body
}

export function checked<T>(schema: z.ZodType<T>, body: unknown, lenient: boolean): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const known = lenient ? withoutUnknown(body, parsed.error.issues) : undefined
  if (known !== undefined) return checked(schema, known, lenient)
  const errors = parsed.error.issues.map(toDetail)
  throw invalid(`Invalid input JSON: ${errors.map(({ message }) => message).join('; ')}`, errors)
}

function toDetail({ path, message }: z.core.$ZodIssue): ErrorDetail {
  const where = path.join('.')
  return where === '' ? { message } : { message: `${where}: ${message}`, in: where }
}

/** The body without the fields that the schema does not know; undefined when it knows them all. */
function withoutUnknown(body: unknown, issues: z.core.$ZodIssue[]): unknown {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys')
  if (unknown.length === 0) return undefined
  const copy: unknown = structuredClone(body)
  for (const { path, keys } of unknown) {
    const holder = path.reduce<unknown>((value, key) => (isObject(value) ? value[String(key)] : undefined), copy)
    if (isObject(holder)) for (const key of keys) delete holder[key]
  }
  return copy
}

/** Arrays count: their elements are reached by index. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
