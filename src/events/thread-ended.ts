import { endSession, tellStopped } from '../session/end'
import { sessionOfThread } from '../session/find-session'
import type { EventProps, ThreadEnded } from './event'

/** A closing within this time of the first is the same one: HubSpot reports it in several ways. In milliseconds. */
const SAME_WITHIN_MS = 2_000

/**
 * `operatorConversationCompleted` in the manuals of the older integrations. The thread was closed, archived or deleted:
 * the bot takes over again. A later closing is reported again, because the bot may have missed the first. If the bot ended
 * the session itself, nothing is reported.
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
