import type { Json } from './schemas'

/** Parses a logged body; undefined if it does not match its content type. */
export function bodyOf(text: string, contentType: string): Json | undefined {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  if (contentType.startsWith('multipart/form-data')) return multipartFields(text, contentType)
  try {
    const body: Json = JSON.parse(text)
    return body
  } catch {
    return undefined
  }
}

/**
 * Names and texts of the fields. The log decodes bodies as text, which damages a file's bytes but not its field name.
 */
function multipartFields(text: string, contentType: string): Json | undefined {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1]
  if (boundary === undefined) return undefined
  const fields = text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => [/name="([^"]*)"/.exec(part)?.[1] ?? '', part.slice(part.indexOf('\r\n\r\n') + 4, -2)] as const)
  return Object.fromEntries(fields)
}
