import * as z from 'zod/mini'
import { webhookUrl } from '../installation/addresses'
import { sealOf, sign, unsign } from './signed'
import { AGAIN, NotConnected, type Visit } from './visit'

/** From agreeing in HubSpot to being connected. In milliseconds. */
const SESSION_MS = 30 * 60_000

/**
 * Whoever has agreed in HubSpot may choose inboxes of that account, for a while. It travels in the pages' own addresses,
 * signed, because Botpress keeps no cookies for integrations; no token of HubSpot's is in it.
 */
export type Session = z.infer<typeof signedSession>

/** `until` is in milliseconds since 1970. */
const signedSession = z.object({ portalId: z.string(), inboxIds: z.array(z.string()), until: z.number() })

export const newSession = (portalId: string, inboxIds: readonly string[]): Session => ({
  portalId,
  inboxIds: [...inboxIds],
  until: Date.now() + SESSION_MS,
})

/** The address of the page that goes on from here. */
export function pageAddress({ props: { ctx } }: Visit, page: 'inboxes' | 'connect', session: Session): string {
  return `${webhookUrl(ctx.webhookId)}/oauth/${page}?session=${sign(sealOf(ctx, 'session'), session)}`
}

/** Throws `NotConnected` when the address is too old or was not made here. */
export function sessionOf({ props: { ctx }, query }: Visit): Session {
  const session = unsign(sealOf(ctx, 'session'), signedSession, { text: query.get('session') ?? '', now: Date.now() })
  if (session) return session
  throw new NotConnected('This page is too old, or its address is not complete.', AGAIN)
}
