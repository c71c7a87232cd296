/** Headers that belong to one connection, or that are computed again when the body is sent. */
const OF_ONE_CONNECTION = ['connection', 'content-length', 'keep-alive', 'transfer-encoding']

/**
 * The headers that stay valid when a request or response is forwarded. `others` are removed too, such as a response's
 * encoding, which `fetch` has already decoded.
 */
export function passedOn(headers: Headers, ...others: string[]): Headers {
  const kept = new Headers(headers)
  for (const name of [...OF_ONE_CONNECTION, ...others]) kept.delete(name)
  return kept
}
