import { isHubSpotError } from '../hubspot/errors'
import type { Connection } from '../installation/connection'

/** What the customer sees of an agent. */
type AgentProfile = { name: string; pictureUrl?: string; email?: string }

const CACHE_MS = 10 * 60_000
const MOST_CACHED = 1000

const cache = new Map<string, { profile: AgentProfile; until: number }>()

/** Breeze agents and chatflow bots are not people, and the customer should know. */
const AUTOMATED = /^[LB]-/

/** An actor as a Botpress user; with a neutral name when HubSpot does not know it. Throws `HubSpotError`. */
export async function agentUser(connection: Connection, actorId: string) {
  const { email, ...looks } = await agentProfile(connection, actorId)
  return { ...looks, tags: { actorId, ...(email === undefined ? {} : { email }) } }
}

async function agentProfile(connection: Connection, actorId: string): Promise<AgentProfile> {
  const key = `${connection.tokenSource.integrationId} ${actorId}`
  const cached = cache.get(key)
  if (cached && cached.until > Date.now()) return cached.profile
  const profile = await fetchProfile(connection, actorId)
  if (cache.size >= MOST_CACHED) cache.clear()
  cache.set(key, { profile, until: Date.now() + CACHE_MS })
  return profile
}

async function fetchProfile({ hubspot }: Connection, actorId: string): Promise<AgentProfile> {
  try {
    const { name, email, avatar } = await hubspot.conversations.actor(actorId)
    const shown = name?.trim() || 'Agent'
    return {
      name: AUTOMATED.test(actorId) ? `${shown} (automated)` : shown,
      ...(avatar && /^https?:/.test(avatar) ? { pictureUrl: avatar } : {}),
      ...(email ? { email } : {}),
    }
  } catch (thrown) {
    if (isHubSpotError(thrown, 'notFound', 'validation')) return { name: 'Agent' }
    throw thrown
  }
}
