import type { MiddlewareHandler } from 'hono'

const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * Refuses requests for other host names: a misconfigured tunnel, or a web page elsewhere that uses DNS rebinding.
 * Listening only on 127.0.0.1 prevents neither.
 */
export const localOnly: MiddlewareHandler = async (c, next) => {
  if (THIS_MACHINE.test(c.req.header('host') ?? '')) return next()
  return c.text('The sandbox only answers on this machine. A tunnel must lead to SANDBOX_PUBLIC_PORT.', 403)
}
