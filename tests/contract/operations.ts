import { at, isObject, type Json, type JsonObject } from './schemas'

/** One described operation; `schemaId` is the description that its references point to. */
export type Operation = {
  schemaId: string
  method: string
  template: string
  query: Set<string>
  request: { contentType: string; schema: Json; required: boolean } | undefined
  /** By status; `default` is for errors. A status without a schema has no body. */
  responses: Map<string, Json | undefined>
}

export function operationsOf(schemaId: string, description: JsonObject): Operation[] {
  return entries(at(description, 'paths')).flatMap(([template, methods]) =>
    entries(methods).map(([method, operation]) => toOperation(schemaId, description, { template, method, operation })),
  )
}

type Found = { template: string; method: string; operation: Json }

function toOperation(schemaId: string, description: JsonObject, { template, method, operation }: Found): Operation {
  const parameters = at(operation, 'parameters')
  const query = (Array.isArray(parameters) ? parameters : [])
    .filter((parameter) => at(parameter, 'in') === 'query')
    .map((parameter) => at(parameter, 'name'))
  const responses = entries(at(operation, 'responses')).map(([status, response]) => {
    const shared = at(response, '$ref')
    const resolved = typeof shared === 'string' ? at(description, ...shared.slice(2).split('/')) : response
    return [status, onlyContent(resolved)?.schema] as const
  })
  const content = onlyContent(at(operation, 'requestBody'))
  return {
    schemaId,
    method: method.toUpperCase(),
    template,
    query: new Set(query.filter((name) => typeof name === 'string')),
    request: content && { ...content, required: isJsonContent(content.contentType) },
    responses: new Map(responses),
  }
}

function isJsonContent(contentType: string): boolean {
  return contentType === 'application/json'
}

/** Every operation here has only one content type. */
function onlyContent(holder: Json | undefined): { contentType: string; schema: Json } | undefined {
  const [first] = entries(at(holder, 'content'))
  const schema = first && at(first[1], 'schema')
  return first === undefined || schema === undefined ? undefined : { contentType: first[0], schema }
}

function entries(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : []
}

/** A fixed path segment takes precedence over a parameter: `/contacts/search` is not a contact. */
export function findOperation(operations: Operation[], method: string, path: string): Operation | undefined {
  const parts = path.replace(/\/$/, '').split('/')
  return operations
    .filter((operation) => operation.method === method && fits(operation.template, parts))
    .sort((a, b) => parametersIn(a.template) - parametersIn(b.template))[0]
}

function fits(template: string, parts: string[]): boolean {
  const wanted = template.split('/')
  return (
    wanted.length === parts.length &&
    wanted.every((part, index) => (part.startsWith('{') ? parts[index] !== '' : part === parts[index]))
  )
}

function parametersIn(template: string): number {
  return template.split('{').length
}
