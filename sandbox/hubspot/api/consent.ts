import { Hono, type Context } from 'hono'
import { csrf } from 'hono/csrf'
import type { World } from '../state/world'
import { accountChoice, consentQuestion, refusalPage } from './consent-pages'
import { readQuestion, type Question } from './consent-question'

const PATHS = ['/oauth/authorize', '/oauth/:portalId{[0-9]+}/authorize']

/** The consent page of app.hubspot.com. The switch `consent` can answer for the person. */
export function consent(world: World): Hono {
  const question = (c: Context) => readQuestion(world, c.req.query(), c.req.param('portalId'))
  const show = (c: Context) => {
    const asked = question(c)
    if ('refused' in asked) return refusalPage(c, asked)
    const { consent: answer } = world.switches
    if (answer !== 'ask') return goBack(world, c, { ...asked, isGranted: answer === 'grant' })
    return asked.portals.length > 1 ? accountChoice(c, asked) : consentQuestion(c, asked)
  }
  const answer = async (c: Context) => {
    const asked = question(c)
    if ('refused' in asked) return refusalPage(c, asked)
    if (asked.portals.length > 1) return accountChoice(c, asked)
    const isGranted = (await c.req.parseBody())['answer'] === 'grant'
    return goBack(world, c, { ...asked, isGranted })
  }
  return new Hono().on('GET', PATHS, show).on('POST', PATHS, csrf(), answer)
}

/** The link's `state` is returned unchanged, whatever the answer. */
function goBack(world: World, c: Context, answer: Question & { isGranted: boolean }): Response {
  const { redirectUri, scopes, optionalScopes, state, isGranted } = answer
  const portalId = answer.portals[0]?.portalId ?? world.options.portalId
  const back = new URL(redirectUri)
  if (isGranted) {
    const granted = world.switches.grantsOptionalScopes ? [...scopes, ...optionalScopes] : scopes
    back.searchParams.set('code', world.tokens.issueCode(redirectUri, granted, portalId))
  } else {
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', 'The user denied access')
  }
  if (state !== undefined) back.searchParams.set('state', state)
  return c.redirect(back.href, 303)
}
