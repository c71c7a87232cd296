/** JSON as it stands in an OpenAPI description. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/**
 * A schema of an OpenAPI 3.0 description as JSON Schema that takes nothing undeclared: objects are closed, and a
 * subtype no longer includes the union of all subtypes that it is a member of (which would recurse without end).
 */
export function closedSchema(schema: Json | undefined): Json {
  if (!isObject(schema)) return schema ?? {}
  const { allOf, properties, items, oneOf, additionalProperties } = schema
  if (Array.isArray(allOf)) return closedSchema(ownPart(allOf))
  // A union declares no properties of its own, and must not be closed to those of its members.
  if (Array.isArray(oneOf)) return { oneOf: oneOf.map(closedSchema) }
  if (isAnything(schema)) return {}
  const closed: JsonObject = {}
  for (const keyword of copied) {
    const value = schema[keyword]
    if (value !== undefined) closed[keyword] = value
  }
  if (items !== undefined) closed['items'] = closedSchema(items)
  if (additionalProperties !== undefined) closed['additionalProperties'] = closedSchema(additionalProperties)
  if (properties === undefined) return closed
  return { additionalProperties: false, ...closed, properties: closedSchemas(properties) }
}

/** Schemas by name: what a description defines, or the properties of an object. */
export function closedSchemas(schemas: Json | undefined): JsonObject {
  const named = isObject(schemas) ? Object.entries(schemas) : []
  return Object.fromEntries(named.map(([name, schema]) => [name, closedSchema(schema)]))
}

/** What closedSchema does not handle itself; a union's members are told apart by the `type` that each one fixes. */
const copied = ['$ref', 'type', 'enum', 'format', 'required', 'minimum', 'maximum', 'pattern', 'minLength', 'maxLength']

function ownPart(allOf: Json[]): Json | undefined {
  const own = allOf.find((part) => at(part, 'x-hubspot-sub-type-impl') === true)
  if (own === undefined || allOf.length !== 2) throw new Error('An allOf of an unknown kind')
  return own
}

/** An object without declared properties stands for any value: the generator of the descriptions writes untyped fields so. */
function isAnything({ type, properties, additionalProperties }: JsonObject): boolean {
  const isEmpty = isObject(properties) && Object.keys(properties).length === 0
  return type === 'object' && additionalProperties === undefined && (properties === undefined || isEmpty)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Follows keys into a description; undefined where the way ends. */
export function at(value: Json | undefined, ...keys: string[]): Json | undefined {
  return keys.reduce<Json | undefined>((found, key) => (isObject(found) ? found[key] : undefined), value)
}
