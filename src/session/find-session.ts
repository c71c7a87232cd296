import { setTimeout as sleep } from 'node:timers/promises'
import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import type { Connection } from '../installation/connection'
import { foundSession, type FoundSession } from './session'
import { rememberedSession, rememberSession, YOUNG_MS } from './young-sessions'

const WAIT_MS = 2_000
const POLL_MS = 200

/** The session is still being opened: the event has to come again. */
export class SessionOpening extends Error {
  override readonly name = 'SessionOpening'
}

/** HubSpot's id of a thread, or our own: a thread that HubSpot continues in another one keeps ours. */
type ThreadTag = { id: string } | { integrationThreadId: string }

/** Looks a thread up by tag and nowhere else. */
export async function lookUpSession(client: bp.Client, tags: ThreadTag): Promise<FoundSession | undefined> {
  const { conversations } = await client.listConversations({ channel: 'hitl', tags })
  const [conversation] = conversations
  return conversation && foundSession(conversation)
}

/**
 * The session of a thread that an app event tells of, or undefined for somebody else's. Nothing is created.
 * Throws `SessionOpening` when the thread is ours and its session does not appear soon.
 */
export async function findSession(
  client: bp.Client,
  connection: Connection,
  event: { threadId: string; occurredAt: number },
): Promise<FoundSession | undefined> {
  const session = await lookUpSession(client, { id: event.threadId })
  if (session || Date.now() - event.occurredAt > YOUNG_MS) return session
  return (await isOnOurChannel(connection, event.threadId)) ? awaitSession(client, { id: event.threadId }) : undefined
}

/** Waits briefly for a session that must appear. Throws `SessionOpening` when it does not. */
async function awaitSession(client: bp.Client, tags: ThreadTag): Promise<FoundSession> {
  const until = Date.now() + WAIT_MS
  do {
    const session = await lookUpSession(client, tags)
    if (session) return session
    await sleep(POLL_MS)
  } while (Date.now() < until)
  throw new SessionOpening('A session is still being opened')
}

/**
 * When the conversation of a thread was made, once it is: in milliseconds since 1970. Undefined for a session that
 * began long ago, whose conversation is taken for granted. Throws `SessionOpening` when it does not appear soon.
 */
export async function openedAt(
  client: bp.Client,
  integrationThreadId: string,
  beganAt: number,
): Promise<number | undefined> {
  if (Date.now() - beganAt > YOUNG_MS) return undefined
  const known = rememberedSession(integrationThreadId)
  if (known !== undefined) return known
  const { createdAt } = await awaitSession(client, { integrationThreadId })
  rememberSession(integrationThreadId, createdAt)
  return createdAt
}

async function isOnOurChannel({ hubspot, channel }: Connection, threadId: string): Promise<boolean> {
  try {
    const [thread, { channelId }] = await Promise.all([hubspot.conversations.thread(threadId), channel()])
    return thread.originalChannelId === channelId
  } catch (thrown) {
    if (isHubSpotError(thrown, 'notFound')) return false
    throw thrown
  }
}
