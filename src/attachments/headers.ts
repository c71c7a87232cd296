/** `name=value` after a semicolon; the value is a token or a quoted string. */
const PARAMETER = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g

/**
 * The file name in a Content-Disposition header, unchanged; `filename*` takes precedence over `filename`.
 * https://www.rfc-editor.org/rfc/rfc6266, https://www.rfc-editor.org/rfc/rfc8187
 */
export function dispositionFileName(header: string): string | undefined {
  const parameters = new Map<string, string>()
  for (const [, name = '', value = ''] of header.matchAll(PARAMETER)) {
    const key = name.toLowerCase()
    if (!parameters.has(key)) parameters.set(key, value.trim())
  }
  const extended = extendedValue(parameters.get('filename*'))
  if (extended) return extended
  const plain = parameters.get('filename')
  return plain === undefined ? undefined : utf8OfHeader(unquoted(plain)) || undefined
}

const unquoted = (value: string): string =>
  /^".*"$/s.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : value

/** `charset'language'percent-encoded`, in one of the RFC's two charsets. */
function extendedValue(value: string | undefined): string | undefined {
  const [, charset = '', encoded = ''] = /^"?([^']*)'[^']*'([^"]*)"?$/.exec(value ?? '') ?? []
  switch (charset.toLowerCase()) {
    case 'utf-8':
      return percentDecoded(encoded)
    case 'iso-8859-1':
      return encoded.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    default:
      return undefined
  }
}

/** Node reads headers as Latin-1; many servers write UTF-8 into them. */
export function utf8OfHeader(value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'))
  } catch {
    return value
  }
}

/** Undefined if the text is not valid UTF-8. */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
