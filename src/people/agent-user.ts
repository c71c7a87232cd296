import { isHubSpotError } from '../hubspot/errors'
import type { Portal } from '../installation/connection'
import { ExpiringMap } from '../installation/expiring-map'

/** What the customer sees of an agent. */
type AgentProfile = { name: string; pictureUrl?: string; email?: string }

/** By installation, account and actor. */
const cache = new ExpiringMap<string, AgentProfile>(10 * 60_000)

/** Breeze agents, chatflow bots and integrations are not people, and the customer should know. */
export const isAutomated = (actorId: string): boolean => /^[A-Z]-/.test(actorId) && !/^[AV]-/.test(actorId)

/** An actor as a Botpress user; with a neutral name when HubSpot does not know it. Throws `HubSpotError`. */
export async function agentUser(portal: Portal, actorId: string) {
  const { email, ...looks } = await agentProfile(portal, actorId)
  return { ...looks, tags: { actorId, ...(email === undefined ? {} : { agentEmail: email }) } }
}

async function agentProfile(portal: Portal, actorId: string): Promise<AgentProfile> {
  const key = `${portal.key} ${portal.portalId} ${actorId}`
  return cache.get(key) ?? cache.set(key, await fetchProfile(portal, actorId))
}

async function fetchProfile({ hubspot }: Portal, actorId: string): Promise<AgentProfile> {
  try {
    const { name, email, avatar } = await hubspot.conversations.actor(actorId)
    const shown = name?.trim() || 'Agent'
    return {
      name: isAutomated(actorId) ? `${shown} (automated)` : shown,
      ...(avatar && /^https?:/.test(avatar) ? { pictureUrl: avatar } : {}),
      ...(email ? { email } : {}),
    }
  } catch (thrown) {
    if (isHubSpotError(thrown, 'notFound', 'validation')) return { name: 'Agent' }
    throw thrown
  }
}
