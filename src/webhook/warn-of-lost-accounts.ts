import type { EventProps } from '../events/event'
import { inboxLabel } from '../installation/channel-state'
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
    const ours = Object.entries(accounts).filter(([, { channelAccountId }]) =>
      lost.some((account) => account.channelAccountId === channelAccountId),
    )
    if (ours.length === 0) return
    const connected = (await portal.hubspot.customChannels.listAccounts(channelId)).filter(
      ({ authorized, archived }) => authorized && !archived,
    )
    const isLost = ({ channelAccountId }: { channelAccountId: string }) =>
      connected.every(({ id }) => id !== channelAccountId)
    for (const [id, account] of ours.filter(([, each]) => isLost(each))) {
      logger
        .forBot()
        .warn(
          `The ${inboxLabel({ id, ...account })} was disconnected in HubSpot: no conversation can be opened there. Save the configuration of this integration again to reconnect it.`,
        )
    }
  }
  if (lost.length > 0) await warn().catch(() => undefined)
}
