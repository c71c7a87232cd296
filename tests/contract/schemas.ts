/** JSON in an OpenAPI description. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/**
 * Converts a schema of an OpenAPI 3.0 description to a JSON Schema that allows nothing undeclared. Objects are closed,
 * and a subtype no longer includes the union that it belongs to, which would recurse endlessly.
 */
export function closedSchema(schema: Json | undefined): Json {
  if (!isObject(schema)) return schema ?? {}
  const { allOf, properties, items, oneOf, additionalProperties } = schema
  if (Array.isArray(allOf)) return closedSchema(ownPart(allOf))
  // A union declares no properties itself, so closing it would forbid those of its members.
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

/** Schemas by name: a description's definitions or an object's properties. */
export function closedSchemas(schemas: Json | undefined): JsonObject {
  const named = isObject(schemas) ? Object.entries(schemas) : []
  return Object.fromEntries(named.map(([name, schema]) => [name, closedSchema(schema)]))
}

/** Keywords that are copied unchanged. Each member of a union has a fixed `type`, so no discriminator is needed. */
const copied = ['$ref', 'type', 'enum', 'format', 'required', 'minimum', 'maximum', 'pattern', 'minLength', 'maxLength']

function ownPart(allOf: Json[]): Json | undefined {
  const own = allOf.find((part) => at(part, 'x-hubspot-sub-type-impl') === true)
  if (own === undefined || allOf.length !== 2) throw new Error('An allOf of an unknown kind')
  return own
}

/** An object without declared properties means any value: HubSpot's generator writes untyped fields like this. */
function isAnything({ type, properties, additionalProperties }: JsonObject): boolean {
  const isEmpty = isObject(properties) && Object.keys(properties).length === 0
  return type === 'object' && additionalProperties === undefined && (properties === undefined || isEmpty)
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Follows keys into a description; undefined if one is missing. */
export function at(value: Json | undefined, ...keys: string[]): Json | undefined {
  return keys.reduce<Json | undefined>((found, key) => (isObject(found) ? found[key] : undefined), value)
}
