import type * as bp from '../bp'
import { oneLine } from '../content/to-agent/split'
import { isHubSpotError } from '../hubspot/errors'
import type { Portal } from '../installation/connection'
import type { Installation } from '../installation/app'
import { whyOf } from '../installation/explain'
import { isPerson } from '../people/agent'
import { bareAddress } from '../people/customer-identifier'
import { progressOf, type Session } from './session'

type Props = { ctx: Installation; client: bp.Client; logger: bp.Logger; portal: Portal }

/**
 * Assigns a new thread to the agent whom the card asks for; HubSpot's event of it tells the customer. Never fails: what
 * HubSpot does not know or refuses becomes a note and a line in the owner's log.
 */
export async function assignAgent(props: Props, session: Session, given: string): Promise<void> {
  const agent = bareAddress(given)
  if (agent === '') return
  const { ctx, logger, portal } = props
  const { threadId } = session
  const leave = async (note: string, why = note) => {
    // The log must not name a person.
    logger.forBot().warn(`"Agent" of the escalation card was not assigned to HubSpot thread ${threadId}: ${why}`)
    const text = `The bot asked for the agent "${oneLine(agent, 200)}", but this conversation is unassigned: ${note}`
    await portal.hubspot.conversations.comment(threadId, text).catch(() => undefined)
  }
  let scope = 'crm.objects.owners.read'
  try {
    const { actorId, missing } = await agentFor(props, session, agent)
    if (actorId === undefined) return await leave(missing)
    scope = 'conversations.write'
    return await portal.hubspot.agents.assign(threadId, actorId)
  } catch (thrown) {
    if (isHubSpotError(thrown, 'notFound', 'validation') && thrown.status !== 403)
      return leave('HubSpot has no such agent, or does not let them have it.')
    return leave('HubSpot refused.', whyOf(thrown, ctx, scope))
  }
}

type Meant = { actorId: string | undefined; missing: string }

/** The agent that is meant, and what to say if there is none. */
async function agentFor({ client, portal }: Props, session: Session, agent: string): Promise<Meant> {
  const { contactId } = session
  const { actorByEmail, actorOfContact } = portal.hubspot.agents
  if (agent.includes('@'))
    return { actorId: await actorByEmail(agent), missing: 'HubSpot has no user with this e-mail address.' }
  switch (agent.toLowerCase()) {
    case 'owner': {
      const actorId = contactId === undefined ? undefined : await actorOfContact(contactId)
      return { actorId, missing: 'the contact has no owner.' }
    }
    case 'last':
      return { actorId: await lastAgent(client, session), missing: 'no agent has had this customer before.' }
    default: {
      const [, userId] = /^(?:a-)?(\d+)$/i.exec(agent) ?? []
      const missing = 'this is no e-mail address, no actor ID such as A-123, and neither "owner" nor "last".'
      return { actorId: userId === undefined ? undefined : `A-${userId}`, missing }
    }
  }
}

/** Who had the customer's newest session that an agent had. As a visitor, the customer was known by their user. */
async function lastAgent(client: bp.Client, { portalId, contactId, userId }: Session): Promise<string | undefined> {
  const newestOf = async (customer: { contactId: string } | { userId: string }) => {
    const { conversations } = await client.listConversations({ channel: 'hitl', tags: { portalId, ...customer } })
    const [newest] = conversations
      .filter(({ tags }) => contactId === undefined || (tags['contactId'] ?? contactId) === contactId)
      .map(progressOf)
      .filter(({ assignedTo }) => isPerson(assignedTo))
      .sort((a, b) => b.createdAt - a.createdAt)
    return newest?.assignedTo
  }
  return (contactId === undefined ? undefined : await newestOf({ contactId })) ?? newestOf({ userId })
}
