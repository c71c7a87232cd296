import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, MiddlewareHandler } from 'hono'

/**
 * What can go wrong with one call. `reset` cuts the connection before the call takes effect, `answerLost` afterwards.
 * The caller cannot tell them apart, but after `answerLost` a careless retry has the effect twice. `changed` takes effect
 * and answers something else.
 */
export type Fault =
  | { kind: 'delay'; ms: number }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: 'reset' }
  | { kind: 'answerLost' }
  | { kind: 'changed'; change: (answer: Record<string, unknown>) => unknown }

export type FaultPlan = (call: { method: string; path: string }) => Fault | undefined

/** Consults the current plan at each call, so that it can be replaced while the server runs. */
export function injectFaults(currentPlan: () => FaultPlan | undefined): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (c, next) => {
    const fault = currentPlan()?.({ method: c.req.method, path: new URL(c.req.url).pathname })
    switch (fault?.kind) {
      case undefined:
        return next()
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.ms))
        return next()
      case 'status':
        return Response.json(fault.body ?? { status: 'error', message: `Injected ${fault.status}` }, {
          status: fault.status,
          headers: fault.headers ?? {},
        })
      case 'reset':
        return cut(c)
      case 'answerLost':
        await next()
        c.res = cut(c)
        return undefined
      case 'changed':
        await next()
        if (c.res.ok) c.res = Response.json(fault.change(JSON.parse(await c.res.text())), { status: c.res.status })
    }
    return undefined
  }
}

/** Closes the connection without a response. */
export function cut(c: Context<{ Bindings: HttpBindings }>): Response {
  c.env.incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

/** A seeded random number generator (mulberry32): the same seed gives the same faults. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** In an order that depends on the seed alone. */
export function shuffled<T>(items: T[], seed: number): T[] {
  const draw = seededRandom(seed)
  return items
    .map((item) => ({ item, rank: draw() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
