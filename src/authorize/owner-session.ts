import * as z from 'zod/mini'
import { wizardPage } from '../installation/addresses'
import type { App } from '../installation/configuration'
import { sign, unsign } from './signed'
import { AGAIN, NotConnected, type Visit } from './visit'

/** The time between approving in HubSpot and connecting. In milliseconds. */
const SESSION_MS = 30 * 60_000

/**
 * Allows the person who approved in HubSpot to choose inboxes of that account for a limited time. It is signed and part
 * of the pages' addresses, because Botpress sets no cookies for integrations. It contains no HubSpot token.
 */
export type OwnerSession = z.infer<typeof signedOwnerSession>

/** `inboxIds`: the form's, else those already connected. `until` is in milliseconds since 1970. */
const signedOwnerSession = z.object({ portalId: z.string(), inboxIds: z.array(z.string()), until: z.number() })

export const newOwnerSession = (portalId: string, inboxIds: readonly string[]): OwnerSession => ({
  portalId,
  inboxIds: [...inboxIds],
  until: Date.now() + SESSION_MS,
})

export const signedText = ({ props: { ctx } }: Visit, { clientSecret }: App, session: OwnerSession): string =>
  sign({ clientSecret, webhookId: ctx.webhookId }, session)

export const pageOf = (visit: Visit, app: App, page: 'inboxes' | 'connect', session: OwnerSession): string =>
  `${wizardPage(page, visit.props.ctx.webhookId)}&session=${signedText(visit, app, session)}`

/** Throws `NotConnected` if the session is missing, has expired or was not signed here. */
export function ownerSessionOf({ props: { ctx }, query }: Visit, { clientSecret }: App): OwnerSession {
  const seal = { clientSecret, webhookId: ctx.webhookId }
  const session = unsign(seal, signedOwnerSession, { text: query.get('session') ?? '', now: Date.now() })
  if (session) return session
  throw new NotConnected('This page has expired, or its address is incomplete.', AGAIN)
}
