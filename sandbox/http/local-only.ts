import type { MiddlewareHandler } from 'hono'

const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/** What proxies and tunnels add, some of which also rewrite the host. */
const FORWARDED =
  /^(?:forwarded|via|true-client-ip|x-(?:forwarded(?:-.+)?|real-ip|original-.+)|(?:cf|fly|ngrok|fastly)-.+)$/

/**
 * Refuses what listening on 127.0.0.1 alone lets through: requests for other host names (a misconfigured tunnel, or a
 * web page elsewhere that uses DNS rebinding), forwarded requests, and forms that a page elsewhere sends.
 */
export const localOnly: MiddlewareHandler = async (c, next) => {
  const { host = '', ...headers } = c.req.header()
  if (!THIS_MACHINE.test(host) || Object.keys(headers).some((name) => FORWARDED.test(name))) {
    return c.text('The sandbox only answers on this machine. A tunnel must lead to SANDBOX_PUBLIC_PORT.', 403)
  }
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  const { origin } = headers
  if (!isRead && origin !== undefined && origin !== `http://${host}`) {
    return c.text('The sandbox only takes what its own pages send.', 403)
  }
  return next()
}
