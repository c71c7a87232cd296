export const MASK = '•••'

/** Names of secret fields, in lower case and without dashes and underscores. */
const SECRET =
  /^((access|refresh)token|(developer)?apikey|hapikey|authorization|clientsecret|configuredtokenhash|xbpconfiguration|xhubspotsignature(v3)?)$/

/** Anyone with such a link can read the file. */
const SIGNED_LINK = /(\/signed-files\/)[^/?#"\\\s]+/g

/** Masks the secrets in a JSON body or form. Other bodies stay unchanged. */
export function maskBody(body: string): string {
  const json = parsed(body)
  if (json !== undefined) return maskLinks(JSON.stringify(json, maskField))
  return maskLinks(/^[\w.~%-]+=/.test(body) ? maskQuery(body) : body)
}

/** Masks the secrets in a query or form. In JSON, `code` names an error, but here it is an authorization code. */
export const maskQuery = (query: string): string =>
  query.replaceAll(/([^?&=]+)=[^&]*/g, (pair, name: string) =>
    isSecret(name) || name === 'code' ? `${name}=${MASK}` : pair,
  )

/** Masks the secret part of links to files. */
export const maskLinks = (text: string): string => text.replaceAll(SIGNED_LINK, `$1${MASK}`)

function maskField(name: string, value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value
  if (isSecret(name)) return MASK
  if (name === 'query') return maskQuery(value)
  // A webhook that Botpress forwards contains JSON inside a string.
  const json = /^\s*[[{]/.test(value) ? parsed(value) : undefined
  return json === undefined ? value : JSON.stringify(json, maskField)
}

const isSecret = (name: string): boolean => SECRET.test(name.toLowerCase().replaceAll(/[_-]/g, ''))

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
  const size = `${Math.max(1, Math.round(Buffer.byteLength(body) / 1024))} KB`
  if (body.startsWith('--')) return `(a form with a file, ${size})`
  // Text that does not decode is a file's content.
  if (/[\uFFFD\0]/.test(body)) return `(a file's content, ${size})`
  const masked = maskBody(body)
  const json = parsed(masked)
  const text = json === undefined ? masked : JSON.stringify(json, undefined, 2)
  if (text.length <= MAX_LENGTH) return text
  return `${text.slice(0, MAX_LENGTH)}\n… (${text.length - MAX_LENGTH} more characters)`
}
