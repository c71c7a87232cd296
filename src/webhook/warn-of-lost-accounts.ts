import type { EventProps } from '../events/event'
import { disconnectedInboxes } from '../installation/explain'
import type { LostAccount } from './parse'

/**
 * Tells the owner which inboxes are no longer connected. HubSpot's word is not enough: it is asked what it has now.
 * Never rejects, because the next escalation finds out as well.
 */
export async function warnOfLostAccounts(
  lost: readonly LostAccount[],
  { portal, logger }: Pick<EventProps, 'portal' | 'logger'>,
): Promise<void> {
  const warn = async () => {
    const { channelId, accounts } = await portal.channel()
    const told = new Set(lost.map(({ channelAccountId }) => channelAccountId))
    const ours = Object.values(accounts).flatMap(({ channelAccountId: id }) => (told.has(id) ? [id] : []))
    const sentences = ours.length === 0 ? [] : await disconnectedInboxes(portal, channelId, ours)
    for (const sentence of sentences) logger.forBot().warn(sentence)
  }
  if (lost.length > 0) await warn().catch(() => undefined)
}
