/** Node reads headers as Latin-1; many servers write UTF-8 into them. */
export function utf8OfHeader(value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'))
  } catch {
    return value
  }
}
