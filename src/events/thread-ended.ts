import { endSession, tellStopped } from '../session/end'
import { sessionOfThread } from '../session/find-session'
import type { EventProps, ThreadEnded } from './event'

/** A closing within this time of the first one is the same: HubSpot reports one in several ways. In milliseconds. */
const SAME_WITHIN_MS = 2_000

/**
 * `operatorConversationCompleted` in the manuals of the older integrations. The thread was closed, archived or deleted:
 * the bot takes over again. A later closing is told once more, because the bot may have missed the first; nothing is
 * told of a session that the bot itself has ended.
 */
export async function threadEnded(event: ThreadEnded, { client, portal }: EventProps): Promise<void> {
  const session = await sessionOfThread(client, portal, event)
  if (!session || session.endedBy === 'bot') return
  if (session.closedAt === undefined) {
    await endSession(client, session, { endedBy: event.endedBy, closedAt: event.occurredAt })
    return
  }
  if (Math.abs(event.occurredAt - session.closedAt) > SAME_WITHIN_MS) await tellStopped(client, session)
}
