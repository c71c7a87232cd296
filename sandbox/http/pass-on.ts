/** Of one connection only, or made anew by whoever writes the body again. */
const OF_ONE_CONNECTION = ['connection', 'content-length', 'keep-alive', 'transfer-encoding']

/**
 * The headers that still hold when a request or an answer is passed on; `others` are left out as well, such as the
 * encoding of an answer, which `fetch` has undone.
 */
export function passedOn(headers: Headers, ...others: string[]): Headers {
  const kept = new Headers(headers)
  for (const name of [...OF_ONE_CONNECTION, ...others]) kept.delete(name)
  return kept
}
