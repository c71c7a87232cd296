import { Hono, type Context } from 'hono'
import type { World } from '../state/world'

/** The consent page of app.hubspot.com, where the person at once does what the switch says. */
export function consent(world: World): Hono {
  const answer = (c: Context) => {
    const { client_id: clientId, redirect_uri: redirectUri, scope = '', state } = c.req.query()
    if (clientId !== world.options.app.clientId) return c.text('The client_id is missing or unknown.', 400)
    if (redirectUri === undefined || !URL.canParse(redirectUri)) return c.text('The redirect_uri is missing.', 400)
    const asked = scope.split(' ').filter((name) => name !== '')
    if (!sameScopes(asked, world.options.requiredScopes)) {
      return c.text("The scopes do not match the app's: the app cannot be installed.", 400)
    }
    const back = new URL(redirectUri)
    if (world.switches.consent === 'grant') {
      back.searchParams.set('code', world.tokens.issueCode(redirectUri, asked))
    } else {
      back.searchParams.set('error', 'access_denied')
      back.searchParams.set('error_description', 'The user denied access')
    }
    if (state !== undefined) back.searchParams.set('state', state)
    return c.redirect(back.href)
  }
  return new Hono().get('/oauth/authorize', answer).get('/oauth/:portalId{[0-9]+}/authorize', answer)
}

function sameScopes(asked: string[], required: string[]): boolean {
  return asked.length === required.length && required.every((name) => asked.includes(name))
}
