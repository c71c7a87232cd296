import type { World } from '../state/world'

/** The question on the consent page: an app, opened by its own link, asks for access to an account. */
export type Question = {
  /** All accounts of the person, until one is chosen. */
  portals: readonly { portalId: number; name: string }[]
  redirectUri: string
  scopes: string[]
  optionalScopes: string[]
  state: string | undefined
}

export type Refusal = { refused: string }

type Link = Partial<Record<'client_id' | 'redirect_uri' | 'scope' | 'optional_scope' | 'state', string>>

/** Reads the link as strictly as HubSpot: a wrong link neither asks the person nor redirects. */
export function readQuestion(
  { options, switches }: World,
  link: Link,
  portalId: string | undefined,
): Question | Refusal {
  const { client_id: clientId, redirect_uri: redirectUri, state } = link
  if (clientId !== options.app.clientId) return { refused: UNKNOWN_APP }
  if (redirectUri === undefined || !options.redirectUrls.includes(redirectUri)) return { refused: OTHER_REDIRECT_URL }
  const scopes = listed(link.scope)
  const optionalScopes = listed(link.optional_scope)
  const asksForMore = optionalScopes.some((scope) => !options.optionalScopes.includes(scope))
  if (asksForMore || !areTheSame(scopes, options.requiredScopes)) return { refused: OTHER_SCOPES }
  const all = [{ portalId: options.portalId, name: options.portalName }, ...options.otherPortals]
  const { distribution } = switches
  const allowed = distribution === 'everyone' ? all : all.filter((each) => distribution.includes(each.portalId))
  const portals = portalId === undefined ? allowed : allowed.filter((each) => String(each.portalId) === portalId)
  return portals.length > 0
    ? { portals, redirectUri, scopes, optionalScopes, state }
    : { refused: distribution === 'everyone' ? OTHER_ACCOUNT : NOT_LISTED }
}

const UNKNOWN_APP = 'There is no app with the client ID in this link.'

const OTHER_REDIRECT_URL =
  "Authorization failed: the redirect URL in this link is not one of the app's registered redirect URLs."

/** HubSpot does not say which scope it is either. */
const OTHER_SCOPES = "Authorization failed: the scopes in this link do not match the app's. Contact its developer."

const OTHER_ACCOUNT = 'You have no access to the account in this link.'

const NOT_LISTED = 'None of your accounts may install this app.'

const listed = (scopes = ''): string[] => scopes.split(' ').filter((scope) => scope !== '')

const areTheSame = (asked: string[], required: string[]): boolean =>
  asked.length === required.length && required.every((scope) => asked.includes(scope))
