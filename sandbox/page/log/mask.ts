export const MASK = '•••'

/** Names of secret fields, in lower case and without dashes and underscores. */
const SECRET_FIELDS = new Set([
  'accesstoken',
  'apikey',
  'authorization',
  'clientsecret',
  'configuredtokenhash',
  'developerapikey',
  'hapikey',
  'refreshtoken',
  'xbpconfiguration',
  'xhubspotsignature',
  'xhubspotsignaturev3',
])

/** In forms and queries, `code` is an authorization code. In JSON, it names an error. */
const SECRET_PARAMETERS = new Set([...SECRET_FIELDS, 'code'])

/** Anyone with such a link can read the file. */
const SIGNED_LINK = /(\/signed-files\/)[^/?#"\\\s]+/g

/** Masks the secrets in a JSON body or form. Other bodies stay unchanged. */
export function maskBody(body: string): string {
  const json = parsed(body)
  if (json !== undefined) return maskLinks(JSON.stringify(maskValue(json)))
  return maskLinks(/^[\w.~%-]+=/.test(body) ? maskParameters(body) : body)
}

/** Masks the secrets in a query, with or without its question mark. */
export function maskQuery(query: string): string {
  return query.startsWith('?') ? `?${maskParameters(query.slice(1))}` : maskParameters(query)
}

/** Masks the secret part of links to files. */
export const maskLinks = (text: string): string => text.replaceAll(SIGNED_LINK, `$1${MASK}`)

function maskParameters(parameters: string): string {
  return parameters
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      return isNamed(SECRET_PARAMETERS, name) ? `${name}=${MASK}` : pair
    })
    .join('&')
}

function maskValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValue)
  // A webhook that Botpress forwards contains JSON inside a string.
  if (typeof value === 'string') return maskText(value)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value)
  return Object.fromEntries(fields.map(([name, inner]) => [name, maskField(name, inner)]))
}

function maskField(name: string, value: unknown): unknown {
  const isText = typeof value === 'string' && value !== ''
  if (isText && isNamed(SECRET_FIELDS, name)) return MASK
  return isText && name === 'query' ? maskQuery(value) : maskValue(value)
}

function maskText(text: string): string {
  const json = /^\s*[[{]/.test(text) ? parsed(text) : undefined
  return json === undefined ? text : JSON.stringify(maskValue(json))
}

const isNamed = (names: ReadonlySet<string>, name: string): boolean =>
  names.has(name.toLowerCase().replaceAll(/[_-]/g, ''))

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
