import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/** Listening on 127.0.0.1 does not keep out a page elsewhere whose name has been made to point to this machine. */
export const localOnly = createMiddleware(async (c, next) => {
  if (!THIS_MACHINE.test(c.req.header('host') ?? '')) return c.text('This page is for this machine only.', 403)
  return next()
})

/** The page's own script and style, from here; nothing else runs and nothing is fetched. */
export const strictHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  // It would ask browsers to use https for everything on localhost.
  strictTransportSecurity: false,
})
