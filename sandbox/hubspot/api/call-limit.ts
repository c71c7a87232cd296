import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { World } from '../state/world'
import { callersPortal } from './auth'

const WINDOW_MS = 10_000

/** HubSpot's rolling limit of an app in an account. A refused call does not count. */
export function callLimit(world: World): MiddlewareHandler {
  const accepted = new Map<number, number[]>()
  return async (c, next) => {
    const portalId = callersPortal(world, c)
    const { callsInTenSeconds } = world.switches
    if (callsInTenSeconds === undefined || portalId === undefined) return next()
    const now = Date.now()
    const recent = (accepted.get(portalId) ?? []).filter((at) => at > now - WINDOW_MS)
    const isRefused = recent.length >= callsInTenSeconds
    accepted.set(portalId, isRefused ? recent : [...recent, now])
    return isRefused ? c.json(tooManyCalls(), 429) : next()
  }
}

export function tooManyCalls() {
  const id = randomUUID()
  return {
    status: 'error',
    message: 'You have reached your ten_secondly_rolling limit.',
    errorType: 'RATE_LIMIT',
    correlationId: id,
    policyName: 'TEN_SECONDLY_ROLLING',
    requestId: id,
  }
}
