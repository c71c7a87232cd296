import type { EventProps } from '../events/event'
import { disconnectedInboxes } from '../installation/explain'
import type { LostAccount, UnreadableEntry } from './parse'

const UNREADABLE = 'Not delivered: HubSpot passed this message on in a form that cannot be read. Please send it again.'

type Props = Pick<EventProps, 'portal' | 'logger'>
type UnreadableMessage = NonNullable<UnreadableEntry['message']>

/** Tells agents which of their messages did not reach the customer. Never rejects: the log has these messages already. */
export async function reportUnreadable(
  messages: readonly UnreadableMessage[],
  { portal: { channel, hubspot } }: Props,
): Promise<void> {
  const report = async ({ messageId, channelId }: UnreadableMessage) => {
    const ours = (await channel()).channelId
    if ((channelId ?? ours) !== ours) return
    await hubspot.customChannels.report(ours, messageId, { statusType: 'FAILED', errorMessage: UNREADABLE })
  }
  await Promise.allSettled(messages.map(report))
}

/**
 * Tells the owner which inboxes are no longer connected. HubSpot's word is not enough: it is asked what it has now.
 * Never rejects, because the next escalation finds out as well.
 */
export async function warnOfLostAccounts(lost: readonly LostAccount[], { portal, logger }: Props): Promise<void> {
  const warn = async () => {
    const { channelId, accounts } = await portal.channel()
    const told = new Set(lost.map(({ channelAccountId }) => channelAccountId))
    const ours = Object.values(accounts).flatMap(({ channelAccountId: id }) => (told.has(id) ? [id] : []))
    const sentences = ours.length === 0 ? [] : await disconnectedInboxes(portal, channelId, ours)
    for (const sentence of sentences) logger.forBot().warn(sentence)
  }
  if (lost.length > 0) await warn().catch(() => undefined)
}
