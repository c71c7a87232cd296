import type { Portal } from '../installation/connection'
import type { UnreadableEntry } from './parse'

const UNREADABLE = 'Not delivered: HubSpot passed this message on in a form that cannot be read. Please send it again.'

type Message = NonNullable<UnreadableEntry['message']>

/** Tells agents which of their messages did not reach the customer. Never rejects: the log has these messages already. */
export async function reportUnreadable(messages: readonly Message[], { channel, hubspot }: Portal): Promise<void> {
  const report = async ({ messageId, channelId }: Message) => {
    const ours = (await channel()).channelId
    if ((channelId ?? ours) !== ours) return
    await hubspot.customChannels.report(ours, messageId, { statusType: 'FAILED', errorMessage: UNREADABLE })
  }
  await Promise.allSettled(messages.map(report))
}
