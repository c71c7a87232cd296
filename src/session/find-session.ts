import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import type { Portal } from '../installation/connection'
import { ExpiringMap } from '../installation/expiring-map'
import type { InstallationKey } from '../installation/key'
import { waitUntil } from '../installation/wait-until'
import { foundSession, type FoundSession } from './session'

/** For so long after it began, an event can overtake the opening of its session. In milliseconds. */
const YOUNG_MS = 30_000

const createdAtOf = new ExpiringMap<string, number>(YOUNG_MS)

/** Remembers when the conversation of a thread was made, in milliseconds since 1970, as long as it is young. */
export function rememberSession(key: InstallationKey, integrationThreadId: string, at: number): void {
  createdAtOf.set(`${key} ${integrationThreadId}`, at)
}

/** How long to wait for a session that must appear. */
const SOON = { withinMs: 2_000, pauseMs: 200 }

/** The session is still being opened: the event has to come again. */
export class SessionOpening extends Error {
  override readonly name = 'SessionOpening'
}

/** HubSpot's id of a thread in an account, or our own: a thread that HubSpot continues in another one keeps ours. */
type ThreadTag = { id: string; portalId: string } | { integrationThreadId: string }

/** Looks a thread up by tag and nowhere else. */
async function lookUpSession(client: bp.Client, tags: ThreadTag): Promise<FoundSession | undefined> {
  const { conversations } = await client.listConversations({ channel: 'hitl', tags })
  const [conversation] = conversations
  return conversation && foundSession(conversation)
}

/** The session of a thread, if it is one of ours. */
export const sessionOfThread = (
  client: bp.Client,
  { portalId }: Portal,
  threadId: string,
): Promise<FoundSession | undefined> => lookUpSession(client, { id: threadId, portalId })

/**
 * The session of a thread that an app event tells of, or undefined for somebody else's. Nothing is created.
 * Throws `SessionOpening` when the thread is ours and its session does not appear soon.
 */
export async function findSession(
  client: bp.Client,
  portal: Portal,
  event: { threadId: string; occurredAt: number },
): Promise<FoundSession | undefined> {
  const look = () => sessionOfThread(client, portal, event.threadId)
  const session = await look()
  if (session || Date.now() - event.occurredAt > YOUNG_MS) return session
  return (await isOnOurChannel(portal, event.threadId)) ? awaitSession(look) : undefined
}

/** Throws `SessionOpening` when the session does not appear soon. */
async function awaitSession(look: () => Promise<FoundSession | undefined>): Promise<FoundSession> {
  const session = await waitUntil(look, SOON)
  if (session) return session
  throw new SessionOpening('A session is still being opened')
}

/**
 * When the conversation of a thread was made, once it is: in milliseconds since 1970. Undefined for a session that
 * began long ago, whose conversation is taken for granted. Throws `SessionOpening` when it does not appear soon.
 */
export async function openedAt(
  client: bp.Client,
  { key }: Portal,
  { integrationThreadId, beganAt }: { integrationThreadId: string; beganAt: number },
): Promise<number | undefined> {
  if (Date.now() - beganAt > YOUNG_MS) return undefined
  const known = createdAtOf.get(`${key} ${integrationThreadId}`)
  if (known !== undefined) return known
  const { createdAt } = await awaitSession(() => lookUpSession(client, { integrationThreadId }))
  rememberSession(key, integrationThreadId, createdAt)
  return createdAt
}

async function isOnOurChannel({ hubspot, channel }: Portal, threadId: string): Promise<boolean> {
  try {
    const [thread, { channelId }] = await Promise.all([hubspot.conversations.thread(threadId), channel()])
    return thread.originalChannelId === channelId
  } catch (thrown) {
    if (isHubSpotError(thrown, 'notFound')) return false
    throw thrown
  }
}
