import type { Context, MiddlewareHandler } from 'hono'
import { credentialsMissing, planRefuses, scopesMissing, tokenExpired, unauthenticated } from '../problem'
import type { World } from '../state/world'

/** Channels belong to the app: calls carry a developer key and the app's id in the query. */
export function developerKey(world: World): MiddlewareHandler {
  return async (c, next) => {
    const { developerApiKey, appId } = world.options.app
    const hapikey = c.req.query('hapikey')
    if (hapikey === undefined) throw credentialsMissing()
    if (hapikey !== developerApiKey) throw unauthenticated("This hapikey doesn't exist.")
    const given = c.req.query('appId')
    if (given !== appId) throw unauthenticated(`The app ${given ?? ''} does not belong to this hapikey.`)
    await next()
  }
}

/** Everything else belongs to the portal: calls carry an access token with at least one of the scopes. */
export function scope(world: World, ...oneOf: string[]): MiddlewareHandler {
  return async (c, next) => {
    const given = bearer(c)
    if (given === undefined) throw credentialsMissing()
    const access = world.tokens.accessToken(given)
    if (access === undefined) throw unauthenticated('The OAuth token used to make this call is invalid.')
    const now = world.options.now()
    if (access.expiresAt <= now) throw tokenExpired(access.expiresAt, now)
    if (!oneOf.some((wanted) => access.scopes.includes(wanted))) throw scopesMissing(oneOf)
    await next()
  }
}

/** The account whose token it is, once `scope` has let the call through. */
export const callersPortal = (world: World, c: Context): number | undefined =>
  world.tokens.accessToken(bearer(c) ?? '')?.portalId

function bearer(c: Context): string | undefined {
  const [, given] = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '') ?? []
  return given
}

export function customChannelsPlan(world: World): MiddlewareHandler {
  return async (_c, next) => {
    if (!world.switches.acceptsCustomChannels) throw planRefuses()
    await next()
  }
}
