export const MASK = '•••'

/** Names of fields whose values are secret, whatever they are called exactly. */
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

/** A code is a secret where it is exchanged for tokens, which only forms and addresses do; in JSON it names an error. */
const SECRET_PARAMETERS = new Set([...SECRET_FIELDS, 'code'])

/** Whoever has such a link can read the file. */
const SIGNED_LINK = /(\/signed-files\/)[^/?#"\\\s]+/g

/** A body, whether JSON or form, with its secrets masked and its layout kept. What is neither is left as it is. */
export function maskBody(body: string): string {
  const json = parsed(body)
  if (json !== undefined) return maskLinks(JSON.stringify(maskValue(json)))
  return maskLinks(/^[\w.~%-]+=/.test(body) ? maskParameters(body) : body)
}

/** A query with or without its question mark. */
export function maskQuery(query: string): string {
  return query.startsWith('?') ? `?${maskParameters(query.slice(1))}` : maskParameters(query)
}

/** A path, whose links to files are secret. */
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
  // JSON inside a text: a webhook as Botpress hands it on.
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
