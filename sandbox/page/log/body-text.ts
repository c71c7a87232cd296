import { maskBody } from './mask'

const LONGEST = 20_000

/** A body as a person can read it: JSON on several lines, secrets masked, what is no text only counted. */
export function bodyText(body: string): string {
  if (body === '') return ''
  if (body.startsWith('--')) return `(a form with a file, ${size(body)})`
  // What does not decode is a file's content.
  if (body.includes('\uFFFD') || body.includes('\0')) return `(a file's content, ${size(body)})`
  const text = laidOut(maskBody(body))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… (${text.length - LONGEST} characters more)` : text
}

function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2)
  } catch {
    return body
  }
}

const size = (body: string): string => `${Math.max(1, Math.round(Buffer.byteLength(body) / 1024))} KB`
