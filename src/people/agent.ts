import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { TooLate } from '../installation/async'
import type { Portal } from '../installation/connection'
import { ExpiringMap } from '../installation/expiring-map'

/** What the customer sees of an agent. `name` is undefined where HubSpot does not say it. */
type AgentProfile = { name: string | undefined; pictureUrl?: string; email?: string }

/** The name of an agent whom HubSpot does not name. */
export const NEUTRAL_NAME = 'Agent'

type AgentUser = Pick<Awaited<ReturnType<bp.Client['getOrCreateUser']>>['user'], 'id' | 'name' | 'pictureUrl' | 'tags'>

/** Profiles by `agentKey`. */
const cache = new ExpiringMap<string, AgentProfile>(10 * 60_000)

/** A look-up that failed costs the next messages no time, and is repeated soon. */
const failed = new ExpiringMap<string, AgentProfile>(20_000)

/** The user as Botpress has it, by `agentKey`. */
const users = new ExpiringMap<string, AgentUser>(10 * 60_000)

/** Breeze agents, chatflow bots and integrations are not people, and the customer should know. */
export const isAutomated = (actorId: string): boolean => /^[A-Z]-/.test(actorId) && !/^[AV]-/.test(actorId)

export const isPerson = (actorId: string | undefined): actorId is string => actorId?.startsWith('A-') === true

/**
 * An actor as a Botpress user. The name is HubSpot's, else the one that came with the message, else "Agent": it neither
 * delays nor fails what the agent has written.
 */
export async function agentUser(portal: Portal, actorId: string, senderName?: string) {
  const { name, email, ...looks } = await agentProfile(portal, actorId)
  const shown = name ?? senderName ?? NEUTRAL_NAME
  return {
    ...looks,
    name: isAutomated(actorId) ? `${shown} (automated)` : shown,
    tags: { actorId, ...(email === undefined ? {} : { agentEmail: email }) },
  }
}

/** By installation, account and actor: each account numbers its actors on its own. */
const agentKey = ({ key, portalId }: Portal, actorId: string): string => `${key} ${portalId} ${actorId}`

async function agentProfile(portal: Portal, actorId: string): Promise<AgentProfile> {
  const key = agentKey(portal, actorId)
  const known = cache.get(key) ?? failed.get(key)
  if (known) return known
  try {
    const { name, email, avatar } = await portal.hubspot.conversations.actor(actorId)
    return cache.set(key, {
      name: name?.trim() || undefined,
      ...(avatar && /^https?:/.test(avatar) ? { pictureUrl: avatar } : {}),
      ...(email ? { email } : {}),
    })
  } catch (thrown) {
    if (thrown instanceof TooLate) throw thrown
    return (isHubSpotError(thrown, 'notFound') ? cache : failed).set(key, { name: undefined })
  }
}

/** An agent's user that another call has returned. */
export function rememberAgent(portal: Portal, actorId: string, user: AgentUser): void {
  users.set(agentKey(portal, actorId), user)
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
    users.get(agentKey(portal, actorId)) ??
    (await client.getOrCreateUser({ ...agent, discriminateByTags: ['actorId'] })).user
  // A failed look-up is no reason to remove a name.
  const current = { ...agent, name: name === NEUTRAL_NAME ? (user.name ?? name) : name }
  const isUpToDate =
    user.name === current.name && user.pictureUrl === pictureUrl && user.tags.agentEmail === tags.agentEmail
  if (!isUpToDate) await client.updateUser({ id: user.id, ...current })
  rememberAgent(portal, actorId, { id: user.id, ...current })
  return user.id
}
