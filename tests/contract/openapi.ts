import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CUT, type Call } from '../../sandbox/http/call-log'
import { bodyOf } from './bodies'
import { aliases, isAllowed, outsideTheApi, undeclaredQuery, type Part } from './exceptions'
import { findOperation, operationsOf, type Operation } from './operations'
import { at, closedSchema, closedSchemas, isObject, type Json, type JsonObject } from './schemas'

export type Specs = {
  operations: Operation[]
  /** The schemas of a description by its `schemaId`, then by name. */
  schemas: Map<string, JsonObject>
  /** One sentence for each way in which a logged call violates HubSpot's description. */
  violations: (call: Call) => string[]
}

export const specsFolder = resolve(
  process.env['HUBSPOT_SPECS_DIR'] ?? join(import.meta.dirname, '../../../shared/specs'),
)

/** HubSpot's OpenAPI descriptions, which are not part of this project; undefined if they are missing. */
export function loadSpecs(folder: string = specsFolder): Specs | undefined {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  if (names.length === 0) return undefined
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats(ajv)
  const allSchemas = new Map<string, JsonObject>()
  const operations = names.flatMap((name) => {
    const description: Json = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    if (!isObject(description)) throw new Error(`${name} is no description`)
    const schemas = closedSchemas(at(description, 'components', 'schemas'))
    allSchemas.set(name, schemas)
    ajv.addSchema({ $id: name, components: { schemas } })
    return operationsOf(name, description)
  })
  const check = createCheck(ajv)
  return { operations, schemas: allSchemas, violations: (call) => violationsOf(operations, check, call) }
}

type Check = (operation: Operation, schema: Json, part: Part) => string[]

function createCheck(ajv: Ajv): Check {
  const compiled = new Map<Json, ValidateFunction>()
  return ({ schemaId }, schema, part) => {
    const validate = compiled.get(schema) ?? ajv.compile(rebased(closedSchema(schema), schemaId))
    compiled.set(schema, validate)
    if (validate(part.body)) return []
    return (validate.errors ?? [])
      .filter((error) => !isAllowed(error, part))
      .map(({ instancePath, message, params }) => `${part.part}${instancePath} ${message} ${JSON.stringify(params)}`)
  }
}

function violationsOf(operations: Operation[], check: Check, call: Call): string[] {
  if (outsideTheApi.some((pattern) => pattern.test(call.path))) return []
  const { method, path } =
    aliases.find((alias) => alias.method === call.method && alias.path.test(call.path))?.as ?? call
  const operation = findOperation(operations, method, path)
  if (operation === undefined) return [`${call.method} ${call.path} is described nowhere`]
  return [
    ...queryViolations(operation, call),
    ...requestViolations(operation, check, call),
    ...responseViolations(operation, check, call),
  ].map((violation) => `${call.method} ${call.path} -> ${call.status}: ${violation}`)
}

function queryViolations({ query }: Operation, call: Call): string[] {
  return [...new URLSearchParams(call.query).keys()]
    .filter((name) => !query.has(name) && !undeclaredQuery.has(name))
    .map((name) => `query has undeclared ${name}`)
}

function requestViolations(operation: Operation, check: Check, call: Call): string[] {
  const { request } = operation
  if (request === undefined) return call.requestBody === '' ? [] : ['request has an undeclared body']
  if (call.requestBody === '') return request.required ? ['request has no body'] : []
  const given = (call.requestHeaders['content-type'] ?? '').split(';')[0]
  if (given !== request.contentType) return [`request is ${given}, not ${request.contentType}`]
  const body = bodyOf(call.requestBody, call.requestHeaders['content-type'] ?? '')
  if (body === undefined) return ['request cannot be read']
  return check(operation, request.schema, { ...call, part: 'request', body })
}

function responseViolations(operation: Operation, check: Check, call: Call): string[] {
  // The connection was cut before a response.
  if (call.status === CUT) return []
  const { responses } = operation
  const isError = call.status >= 400
  const status = isError ? 'default' : String(call.status)
  const declaresSuccess = [...responses.keys()].some((code) => code !== 'default')
  if (!responses.has(status)) return declaresSuccess ? [`response ${call.status} is not declared`] : []
  const schema = responses.get(status)
  if (schema === undefined) return call.responseBody === '' ? [] : ['response has an undeclared body']
  const body = bodyOf(call.responseBody, 'application/json')
  if (body === undefined) return ['response is no JSON']
  return check(operation, schema, { ...call, part: 'response', body })
}

/** Turns references inside a description into references to the schemas registered under its name. */
function rebased(schema: Json, schemaId: string): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${schemaId}#/`)
  const parsed: Json = JSON.parse(text)
  return isObject(parsed) ? parsed : {}
}

type JsonSchema = { [key: string]: Json }
