import type { MiddlewareHandler } from 'hono'
import { isObject, mapObjects, type ErrorShape, type Json, type JsonObject } from './shape'

/** Refuses as the switch `errors` says. */
export function shapedErrors({ switches }: { switches: { errors: ErrorShape } }): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { errors: shape } = switches
    const isError = c.res.status >= 400 && c.res.headers.get('content-type')?.includes('json')
    if (!isError || shape === 'full') return
    const body: Json = JSON.parse(await c.res.clone().text())
    const { status } = c.res
    c.res =
      shape === 'page'
        ? new Response('<html><body>Something went wrong</body></html>', {
            status,
            headers: { 'content-type': 'text/html' },
          })
        : Response.json(isObject(body) ? shaped(body, shape) : body, { status })
  }
}

function shaped(body: JsonObject, shape: 'bare' | 'null' | 'odd'): Json {
  const isKept = (key: string) => key === 'error' || (key === 'category' && body['error'] === undefined)
  switch (shape) {
    case 'bare':
      return Object.fromEntries(Object.entries(body).filter(([key]) => isKept(key)))
    case 'null':
      return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, isKept(key) ? value : null]))
    case 'odd': {
      const renamed = mapObjects(body, ({ requiredGranularScopes, ...others }) =>
        requiredGranularScopes === undefined ? others : { ...others, requiredScopes: requiredGranularScopes },
      )
      return isObject(renamed)
        ? { ...renamed, message: ['odd'], correlationId: 7, links: null, context: 'none' }
        : renamed
    }
  }
}
