import type { Json } from './schemas'

/** A logged body as data; undefined when it is not what its content type says. */
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

/** Names and text of the fields. A log keeps text, so a file's bytes are not what they were, but its field's name is. */
function multipartFields(text: string, contentType: string): Json | undefined {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1]
  if (boundary === undefined) return undefined
  const fields = text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => [/name="([^"]*)"/.exec(part)?.[1] ?? '', part.slice(part.indexOf('\r\n\r\n') + 4, -2)] as const)
  return Object.fromEntries(fields)
}
