import { isPerson } from '../people/agent'
import { announce } from '../session/tell-bot'
import { rememberProgress, sessionOfThread } from '../session/find-session'
import type { EventProps, ThreadAssigned } from './event'

/**
 * `operatorAssignedUpdate` in the manuals of the older integrations. An agent has the thread: the customer is told by
 * name and picture. Repeated and stale events do nothing, and an automated author is not announced.
 */
export async function agentAssigned(event: ThreadAssigned, props: EventProps): Promise<void> {
  const { client, portal } = props
  const session = await sessionOfThread(client, portal, event)
  if (!session || session.closedAt !== undefined || event.occurredAt <= session.assignedAt) return
  const { actorId, occurredAt } = event
  if (isPerson(actorId) && actorId !== session.assignedTo && !session.isTest) {
    await announce(props, session, { actorId, assignedAt: occurredAt })
    return
  }
  const assignedTo = actorId ?? ''
  await client.updateConversation({
    id: session.conversationId,
    tags: { assignedTo, assignedAt: String(occurredAt) },
  })
  rememberProgress(portal, { ...session, assignedTo: actorId, assignedAt: occurredAt })
}
