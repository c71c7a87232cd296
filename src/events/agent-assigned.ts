import type * as bp from '../bp'
import { agentUser } from '../people/agent-user'
import { findSession } from '../session/find-session'
import { untilEventsAreHeard } from '../session/linking'
import type { EventProps, ThreadAssigned } from './event'

/** `operatorAssignedUpdate` in the manuals of the older integrations. An agent has the thread: the customer is told by name and picture. Repeated and stale events do nothing. */
export async function agentAssigned(event: ThreadAssigned, props: EventProps): Promise<void> {
  const { client, portal } = props
  const session = await findSession(client, portal, event)
  if (!session || session.closedAt !== undefined || event.occurredAt <= session.assignedAt) return
  const { conversationId, createdAt, assignedTo } = session
  if (event.actorId !== undefined && event.actorId !== assignedTo) {
    const userId = await currentUser(client, await agentUser(portal, event.actorId))
    const delay = untilEventsAreHeard(createdAt)
    await client.createEvent({
      type: 'hitlAssigned',
      payload: { conversationId, userId },
      ...(delay > 0 ? { schedule: { delay } } : {}),
    })
  }
  // Last, so that an event that fails half-way comes again instead of being taken for done.
  await client.updateConversation({
    id: conversationId,
    tags: { assignedTo: event.actorId ?? '', assignedAt: String(event.occurredAt) },
  })
}

/** The agent's user, with the name and picture of today. */
async function currentUser(client: bp.Client, agent: Awaited<ReturnType<typeof agentUser>>): Promise<string> {
  const { user } = await client.getOrCreateUser({ ...agent, discriminateByTags: ['actorId'] })
  const { name, pictureUrl, tags } = agent
  const isCurrent = user.name === name && user.pictureUrl === pictureUrl && user.tags.email === tags.email
  if (!isCurrent) await client.updateUser({ id: user.id, ...agent })
  return user.id
}
