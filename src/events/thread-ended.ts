import { rememberProgress, sessionOfThread } from '../session/find-session'
import { endSession, recordOf } from '../session/end-session'
import { tellStopped } from '../session/tell-bot'
import { agentMessage } from './agent-message'
import type { EventProps, ThreadEnded } from './event'
import { deliverLostMessages } from './lost-messages'

/** A closing within this time of the first is the same one: HubSpot reports it in several ways. In milliseconds. */
const SAME_WITHIN_MS = 2_000

/**
 * `operatorConversationCompleted` in the manuals of the older integrations. The thread was closed, archived or deleted:
 * the customer gets what is still missing, and the bot takes over again. A later closing is reported again, because the
 * bot may have missed the first. Nothing is reported of an end that the customer has taken back by writing on, nor if the
 * bot ended the session itself.
 */
export async function threadEnded(event: ThreadEnded, props: EventProps): Promise<void> {
  const { client, portal } = props
  const session = await sessionOfThread(client, portal, event)
  if (!session || session.endedBy === 'bot') return
  const { endedBy, occurredAt: closedAt } = event
  if (closedAt <= session.reopenedFrom + SAME_WITHIN_MS) return
  if (session.closedAt !== undefined) {
    if (Math.abs(closedAt - session.closedAt) > SAME_WITHIN_MS) await tellStopped(client, session)
    return
  }
  const state = endedBy === 'deletion' ? 'archived' : 'current'
  const record = session.isTest ? [] : await recordOf(props, event.threadId, state)
  const afterMessage = await deliverLostMessages(event, { session, entries: record ?? [] }, props, agentMessage)
  await endSession(props, session, { endedBy, closedAt, record, afterMessage })
  rememberProgress(portal, { ...session, endedBy, closedAt })
}
