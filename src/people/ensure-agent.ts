import type * as bp from '../bp'
import type { Portal } from '../installation/connection'
import { ExpiringMap } from '../installation/expiring-map'
import { agentKey, agentUser, NEUTRAL_NAME } from './agent-user'

type AgentUser = Pick<Awaited<ReturnType<bp.Client['getOrCreateUser']>>['user'], 'id' | 'name' | 'pictureUrl' | 'tags'>

/** The user as Botpress has it, by `agentKey`. */
const known = new ExpiringMap<string, AgentUser>(10 * 60_000)

/** An agent's user that another call has returned. */
export function rememberAgent(portal: Portal, actorId: string, user: AgentUser): void {
  known.set(agentKey(portal, actorId), user)
}

/** The ID of the agent's Botpress user, with the current name and picture. Throws `HubSpotError`. */
export async function ensureAgent(
  client: bp.Client,
  portal: Portal,
  { actorId, senderName }: { actorId: string; senderName?: string | undefined },
): Promise<string> {
  const agent = await agentUser(portal, actorId, senderName)
  const { name, pictureUrl, tags } = agent
  const user =
    known.get(agentKey(portal, actorId)) ??
    (await client.getOrCreateUser({ ...agent, discriminateByTags: ['actorId'] })).user
  // A failed look-up is no reason to remove a name.
  const isNamed = name === NEUTRAL_NAME || user.name === name
  const isUpToDate = isNamed && user.pictureUrl === pictureUrl && user.tags.agentEmail === tags.agentEmail
  if (!isUpToDate) await client.updateUser({ id: user.id, ...agent })
  rememberAgent(portal, actorId, { id: user.id, ...agent })
  return user.id
}
