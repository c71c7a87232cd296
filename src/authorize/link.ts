import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { readSetup, saveSetup } from '../installation/setup-state'
import { sealOf, sign, unsign } from './signed'
import { AGAIN, NotConnected, type Visit } from './visit'

/** From the click to coming back from HubSpot. In milliseconds. */
const LINK_MS = 10 * 60_000

/** `until` is in milliseconds since 1970. */
const signedLink = z.object({ id: z.string(), until: z.number() })

/** What HubSpot brings back with the browser. Nothing is stored, since anybody may ask for one. */
export const newLink = ({ props: { ctx } }: Visit): string =>
  sign(sealOf(ctx, 'link'), { id: randomUUID(), until: Date.now() + LINK_MS })

/** A link is good for once. Throws `NotConnected`. */
export async function useLink({ props: { ctx, client }, query }: Visit): Promise<void> {
  const text = query.get('state')
  if (text === null) {
    throw new NotConnected('HubSpot sent you here, but you did not come from the Authorize button.', 'Begin there:')
  }
  const now = Date.now()
  const link = unsign(sealOf(ctx, 'link'), signedLink, { text, now })
  const setup = await readSetup(client, ctx.integrationId)
  if (!link || setup.usedLinks.some(({ id }) => id === link.id)) {
    throw new NotConnected('This link to HubSpot has been used before, or is older than ten minutes.', AGAIN)
  }
  const usedLinks = [...setup.usedLinks.filter(({ until }) => until > now), { id: link.id, until: link.until }]
  await saveSetup(client, ctx.integrationId, { ...setup, usedLinks })
}
