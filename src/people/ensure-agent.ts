import type * as bp from '../bp'
import type { Portal } from '../installation/connection'
import { ExpiringMap } from '../installation/expiring-map'
import { agentUser } from './agent-user'

type Agent = Awaited<ReturnType<typeof agentUser>>

/** By installation, account and actor: the user, and with which name, picture and address. */
const known = new ExpiringMap<string, { userId: string; as: string }>(10 * 60_000)

/** The agent's Botpress user, with the name and picture of today. Throws `HubSpotError`. */
export async function ensureAgent(client: bp.Client, portal: Portal, actorId: string): Promise<string> {
  const agent = await agentUser(portal, actorId)
  const key = `${portal.key} ${portal.portalId} ${actorId}`
  const as = JSON.stringify(agent)
  const remembered = known.get(key)
  if (remembered?.as === as) return remembered.userId
  const userId = await upToDate(client, agent)
  known.set(key, { userId, as })
  return userId
}

async function upToDate(client: bp.Client, agent: Agent): Promise<string> {
  const { user } = await client.getOrCreateUser({ ...agent, discriminateByTags: ['actorId'] })
  const { name, pictureUrl, tags } = agent
  const isUpToDate = user.name === name && user.pictureUrl === pictureUrl && user.tags.agentEmail === tags.agentEmail
  if (!isUpToDate) await client.updateUser({ id: user.id, ...agent })
  return user.id
}
