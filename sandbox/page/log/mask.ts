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

const MAX_LENGTH = 20_000

/** A readable form of a body: formatted JSON with masked secrets; of files only the size. */
export function bodyText(body: string): string {
  if (body === '') return ''
  if (body.startsWith('--')) return `(a form with a file, ${size(body)})`
  // Text that does not decode is a file's content.
  if (body.includes('\uFFFD') || body.includes('\0')) return `(a file's content, ${size(body)})`
  const text = laidOut(maskBody(body))
  return text.length > MAX_LENGTH
    ? `${text.slice(0, MAX_LENGTH)}\n… (${text.length - MAX_LENGTH} more characters)`
    : text
}

function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2)
  } catch {
    return body
  }
}

const size = (body: string): string => `${Math.max(1, Math.round(Buffer.byteLength(body) / 1024))} KB`
