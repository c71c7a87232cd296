/** `name=value` after a semicolon; the value is a token or a quoted string. */
const PARAMETER = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g

/**
 * The file name in a Content-Disposition header; `filename*` takes precedence over `filename`, which many servers encode
 * in ways of their own. https://www.rfc-editor.org/rfc/rfc6266, https://www.rfc-editor.org/rfc/rfc8187
 */
export function dispositionFileName(header: string): string | undefined {
  const parameters = new Map<string, string>()
  for (const [, name = '', value = ''] of header.matchAll(PARAMETER)) {
    const key = name.toLowerCase()
    if (!parameters.has(key)) parameters.set(key, value.trim())
  }
  const plain = utf8OfHeader(unquoted(parameters.get('filename') ?? ''))
  return decodedName(extendedValue(parameters.get('filename*')) || plain) || undefined
}

const unquoted = (value: string): string =>
  /^".*"$/s.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : value.replace(/^'(.*)'$/s, '$1')

/** `charset'language'percent-encoded`, in one of the RFC's two charsets. */
function extendedValue(value: string | undefined): string | undefined {
  const [, charset = '', encoded = ''] = /^"?(utf-8|iso-8859-1)'[^']*'([^"]*)"?$/i.exec(value ?? '') ?? []
  return inCharset(charset, bytesOf(encoded, /%([0-9a-f]{2})/gi))
}

/** A name of which the sender has encoded words for a mail (RFC 2047), or all of it for an address. */
export function decodedName(name: string): string {
  const words = name
    .replaceAll(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?)/gi, '$1')
    .replaceAll(/=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=/gi, (word, charset: string, by: string, text: string) => {
      const bytes = /b/i.test(by) ? Buffer.from(text, 'base64') : bytesOf(text.replaceAll('_', ' '), /=([0-9a-f]{2})/gi)
      return inCharset(charset, bytes) ?? word
    })
  return percentDecoded(words) ?? words
}

/** Bytes of which some are written as two hexadecimal digits. */
const bytesOf = (text: string, encoded: RegExp): Buffer =>
  Buffer.from(
    text.replaceAll(encoded, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )

/** Undefined if the charset is unknown or has no such bytes. */
function inCharset(charset: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Node reads headers as Latin-1; many servers write UTF-8 into them. */
export const utf8OfHeader = (value: string): string => inCharset('utf-8', Buffer.from(value, 'latin1')) ?? value

/** Undefined if the text is not valid UTF-8. */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
