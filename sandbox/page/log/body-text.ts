import { maskBody } from './mask'

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
