import { secureHeaders } from 'hono/secure-headers'

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
