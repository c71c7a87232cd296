import type { MiddlewareHandler } from 'hono'
import { BotpressError } from '../errors'
import type { Identity } from '../types'

/** The token proves who calls; the headers say for which bot and installation. */
export function requireIdentity(identity: Identity): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.header('authorization') !== `Bearer ${identity.token}`) {
      throw new BotpressError('Unauthorized', 'The bearer token is missing or invalid')
    }
    assertHeader('x-bot-id', c.req.header('x-bot-id'), identity.botId)
    assertHeader('x-integration-id', c.req.header('x-integration-id'), identity.integrationId)
    // The client sends the alias only when it was given one.
    const alias = c.req.header('x-integration-alias')
    if (alias !== undefined) assertHeader('x-integration-alias', alias, identity.alias)
    await next()
  }
}

function assertHeader(name: string, value: string | undefined, expected: string): void {
  if (value === undefined) throw new BotpressError('InvalidPayload', `The header ${name} is missing`)
  if (value !== expected) throw new BotpressError('Forbidden', `The header ${name} names another resource: ${value}`)
}
