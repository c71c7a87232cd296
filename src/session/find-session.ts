import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import type { Portal } from '../installation/connection'
import { ExpiringMap } from '../installation/expiring-map'
import { waitUntil } from '../installation/async'
import { agentUser, rememberAgent } from '../people/agent'
import { beganAt, progressOf, type Progress } from './session'

/** For so long after it began, a session can still be opening: Botpress ends an action after a minute. In milliseconds. */
const YOUNG_MS = 60_000

/** How long to wait for a session that must appear. */
const SOON = { withinMs: 2_000, pauseMs: 200 }

/** By installation and thread id of ours: what spares an agent's message a look-up. */
const remembered = new ExpiringMap<string, Progress>(10 * 60_000)

/** Remembers how far a session has come. What another process changes shows after ten minutes at most. */
export function rememberProgress({ key }: Pick<Portal, 'key'>, progress: Progress): Progress {
  return remembered.set(`${key} ${progress.integrationThreadId}`, progress)
}

/** The session is still being opened: the event has to come again. */
export class SessionOpening extends Error {
  override readonly name = 'SessionOpening'
}

/** HubSpot's id of a thread in an account, or our own: a thread that HubSpot continues in another one keeps ours. */
type ThreadTag = { id: string; portalId: string } | { integrationThreadId: string }

/** Looks a thread up by tag and nowhere else. A session that is still being opened is not found. */
async function lookUp(client: bp.Client, portal: Portal, tags: ThreadTag): Promise<Progress | undefined> {
  const { conversations } = await client.listConversations({ channel: 'hitl', tags })
  const session = conversations.map(progressOf).find(({ threadId }) => threadId !== '')
  return session && rememberProgress(portal, session)
}

/**
 * The session of a thread that an app event is about, or undefined for a thread of someone else. Nothing is created.
 * Throws `SessionOpening` when the thread is ours and its session does not appear soon.
 */
export async function sessionOfThread(
  client: bp.Client,
  portal: Portal,
  event: { threadId: string; occurredAt: number },
): Promise<Progress | undefined> {
  const look = () => lookUp(client, portal, { id: event.threadId, portalId: portal.portalId })
  const session = await look()
  if (session || Date.now() - event.occurredAt > YOUNG_MS) return session
  return (await isOnOurChannel(portal, event.threadId)) ? awaitSession(look) : undefined
}

/** What an agent's message says of its author and its thread. */
type Written = {
  threadId: string
  integrationThreadId: string | undefined
  actorId: string | undefined
  senderName?: string | undefined
}

/**
 * The session that an agent's message belongs to, or undefined when the bot did not start the thread. From memory once an
 * agent has the session: what else may have changed, the message itself finds out.
 * Throws `SessionOpening` when the session does not appear soon.
 */
export async function sessionOfMessage(
  client: bp.Client,
  portal: Portal,
  { threadId, integrationThreadId = '', actorId, senderName }: Written,
): Promise<Progress | undefined> {
  const began = beganAt(integrationThreadId)
  if (began === undefined) return lookUp(client, portal, { id: threadId, portalId: portal.portalId })
  const known = remembered.get(`${portal.key} ${integrationThreadId}`)
  // The customer may have reopened an ended session in another process.
  if (known?.assignedTo && known.closedAt === undefined) return known
  const exists = known !== undefined || Date.now() - began > YOUNG_MS
  if (exists && actorId !== undefined) return withAuthor(client, portal, { integrationThreadId, actorId, senderName })
  return awaitSession(() => lookUp(client, portal, { integrationThreadId }))
}

/** Session and author in one call. A conversation that the call had to make, or whose opening broke off, is of no session. */
async function withAuthor(
  client: bp.Client,
  portal: Portal,
  { actorId, senderName, ...tags }: { integrationThreadId: string; actorId: string; senderName: string | undefined },
): Promise<Progress | undefined> {
  const { user, conversation } = await client.initializeIncomingMessage({
    user: { ...(await agentUser(portal, actorId, senderName)), discriminateByTags: ['actorId'] },
    conversation: { channel: 'hitl', tags, discriminateByTags: ['integrationThreadId'] },
  })
  if (!conversation.tags['userId']) {
    await client.deleteConversation({ id: conversation.id })
    return undefined
  }
  rememberAgent(portal, actorId, user)
  return rememberProgress(portal, progressOf(conversation))
}

/** Throws `SessionOpening` when the session does not appear soon. */
async function awaitSession(look: () => Promise<Progress | undefined>): Promise<Progress> {
  const session = await waitUntil(look, SOON)
  if (session) return session
  throw new SessionOpening('A session is still being opened')
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
