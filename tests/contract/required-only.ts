import * as fc from 'fast-check'
import { at, closedSchema, isObject, type Json, type JsonObject } from './schemas'

/** Everything that a schema allows which has its required fields and no others. `schemas` are those it refers to. */
export function requiredOnly(schema: Json | undefined, schemas: JsonObject): fc.Arbitrary<unknown> {
  const closed = closedSchema(schema)
  if (!isObject(closed)) return fc.jsonValue()
  const { $ref, oneOf, enum: values, type } = closed
  if (typeof $ref === 'string') return requiredOnly(schemas[$ref.split('/').at(-1) ?? ''], schemas)
  if (Array.isArray(oneOf)) return fc.oneof(...oneOf.map((each) => requiredOnly(each, schemas)))
  if (Array.isArray(values)) return fc.constantFrom(...values)
  switch (type) {
    case 'object':
      return objects(closed, schemas)
    case 'array':
      return fc.array(requiredOnly(closed['items'], schemas), { maxLength: 3 })
    case 'string':
      return closed['format'] === 'date-time' ? dates : fc.string({ minLength: 1 })
    case 'integer':
      return fc.nat()
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    default:
      return fc.jsonValue()
  }
}

function objects({ properties, required, additionalProperties }: JsonObject, schemas: JsonObject) {
  if (properties === undefined) return fc.dictionary(fc.string(), requiredOnly(additionalProperties, schemas))
  const names = (Array.isArray(required) ? required : []).filter((name) => typeof name === 'string')
  return fc.record(
    Object.fromEntries(names.map((name) => [name, requiredOnly(at(properties, name), schemas)] as const)),
  )
}

const dates = fc
  .date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') })
  .map((date) => date.toISOString())
