import type * as bp from '../bp'
import { agentProfile, type AgentProfile } from '../session/agent-profile'
import { findSession } from '../session/find-session'
import type { EventProps, ThreadAssigned } from './event'

/** The HITL plugin drops events until it has linked the session: a young one gets its event a moment later. */
const YOUNG_MS = 5_000
const LATER_MS = 2_000

/** An agent has the thread: the customer is told by name and picture. Repeated and stale events do nothing. */
export async function operatorAssignedUpdate(event: ThreadAssigned, props: EventProps): Promise<void> {
  const { client, connection } = props
  const session = await findSession(client, connection, event)
  if (!session || session.closedAt !== undefined || event.occurredAt <= session.assignedAt) return
  const { conversationId, createdAt } = session
  if (event.actorId !== undefined) {
    const userId = await agentUser(client, event.actorId, await agentProfile(connection, event.actorId))
    const isYoung = Date.now() - createdAt < YOUNG_MS
    await client.createEvent({
      type: 'hitlAssigned',
      payload: { conversationId, userId },
      ...(isYoung ? { schedule: { delay: LATER_MS } } : {}),
    })
  }
  // Last, so that an event that fails half-way comes again instead of being taken for done.
  await client.updateConversation({
    id: conversationId,
    tags: { assignedTo: event.actorId ?? '', assignedAt: String(event.occurredAt) },
  })
}

/** The agent's user, with the name and picture of today. */
async function agentUser(client: bp.Client, actorId: string, profile: AgentProfile): Promise<string> {
  const { name, pictureUrl, email } = profile
  const looks = { name, ...(pictureUrl === undefined ? {} : { pictureUrl }) }
  const tags = { actorId, ...(email === undefined ? {} : { email }) }
  const { user } = await client.getOrCreateUser({ ...looks, tags, discriminateByTags: ['actorId'] })
  const isCurrent = user.name === name && (user.pictureUrl ?? undefined) === pictureUrl && user.tags.email === email
  if (!isCurrent) await client.updateUser({ id: user.id, ...looks, tags })
  return user.id
}
