import type { MiddlewareHandler } from 'hono'

const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * Turns away what was asked of another host name: a tunnel that leads here by mistake, or a web page elsewhere whose
 * name has been made to point to this machine. Listening on 127.0.0.1 alone keeps out neither.
 */
export const localOnly: MiddlewareHandler = async (c, next) => {
  if (THIS_MACHINE.test(c.req.header('host') ?? '')) return next()
  return c.text('The sandbox answers on this machine only. A tunnel has to lead to SANDBOX_PUBLIC_PORT.', 403)
}
