import type { MiddlewareHandler } from 'hono'
import { Listeners } from '../listeners'

/** One HTTP call as a stand-in saw it. The bodies contain secrets; code that displays them must mask these. */
export type Call = {
  method: string
  path: string
  query: string
  requestHeaders: Record<string, string>
  requestBody: string
  status: number
  responseBody: string
  /** Milliseconds since 1970. */
  startedAt: number
  durationMs: number
}

export type CallLog = {
  readonly calls: readonly Call[]
  /** Called when a call ends; returns a function that unsubscribes. */
  subscribe: (listener: (call: Call) => void) => () => void
  clear: () => void
  record: MiddlewareHandler
}

/** The logged status of a connection that a fault cut. */
export const CUT = 0

export function createCallLog(): CallLog {
  const calls: Call[] = []
  const ends = new Listeners<Call>()
  return {
    calls,
    subscribe: ends.subscribe,
    clear: () => calls.splice(0),
    record: async (c, next) => {
      const startedAt = Date.now()
      const started = performance.now()
      const url = new URL(c.req.url)
      const requestBody = await c.req.raw.clone().text()
      await next()
      const cut = c.res.headers.has('x-hono-already-sent')
      const call: Call = {
        method: c.req.method,
        path: url.pathname,
        query: url.search,
        startedAt,
        requestHeaders: c.req.header(),
        requestBody,
        status: cut ? CUT : c.res.status,
        responseBody: cut ? '' : await c.res.clone().text(),
        durationMs: performance.now() - started,
      }
      calls.push(call)
      ends.tell(call)
    },
  }
}
