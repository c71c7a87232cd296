import type * as bp from '../bp'
import { TooLate, repeated } from '../installation/async'
import type { Portal } from '../installation/connection'
import { errorName } from '../installation/explain'
import { ExpiringMap } from '../installation/expiring-map'
import { isHubSpotError } from '../hubspot/errors'
import type { Message } from '../hubspot/message'
import { PortalChanged } from '../installation/tokens'
import { agentUser, isPerson } from '../people/agent'
import { handoffEnded, saidIn, type Entry } from './handoff-ended'
import type { EndedBy, Progress } from './session'
import { HEARD_AFTER_MS, tellStopped } from './tell-bot'

type Props = { client: bp.Client; logger: bp.Logger; portal: Portal }

/** `record` is what the thread holds; undefined if it could not be read. */
type End = { endedBy: EndedBy; closedAt: number; record: readonly Message[] | undefined }

/** The sessions whose end this process has reported. */
const reported = new ExpiringMap<string, true>(10 * 60_000)

/**
 * Returns the customer to the bot and marks the session as ended. The event waits until the plugin has linked the
 * session, and until it has shown a message that was created just before: it drops what comes too early or too late.
 */
export async function endSession(
  props: Props,
  session: Progress,
  { afterMessage = false, ...end }: End & { afterMessage?: boolean },
): Promise<void> {
  await tellStopped(props.client, session, afterMessage ? HEARD_AFTER_MS : 0)
  // Last, so that an event that fails half-way is handled again instead of being skipped as done.
  await markEnded(props, session, end)
}

/** Marks the session as ended and tells the bot what came of it, once for each session. */
export async function markEnded(props: Props, session: Progress, end: End): Promise<void> {
  const { client, logger, portal } = props
  const { conversationId } = session
  const key = `${portal.key} ${conversationId}`
  const mark = () => repeated(() => client.updateConversation({ id: conversationId, tags: endTags(end) }))
  // A session that the customer has reopened still says who had ended it.
  if (session.isTest || session.endedBy !== undefined || reported.get(key)) return void (await mark())
  reported.set(key, true)
  const unsent = (thrown: unknown): void => {
    reported.delete(key)
    logger
      .forBot()
      .warn(`The event "handoffEnded" of conversation ${conversationId} was not sent (${errorName(thrown)}).`)
  }
  const payload = await whatCameOf(props, session, end).catch(unsent)
  // At once, the mark first: a process that ends in between may lose the event, which has no key, but not repeat it.
  await Promise.all([mark(), payload && client.createEvent({ type: 'handoffEnded', payload }).catch(unsent)])
}

export const endTags = ({ endedBy, closedAt }: Omit<End, 'record'>) => ({ closedAt: String(closedAt), endedBy })

async function whatCameOf({ client, portal }: Props, session: Progress, { record, endedBy, closedAt }: End) {
  const { conversationId: sessionId, threadId, ticketId, createdAt: openedAt, assignedTo, assignedAt } = session
  const lines = saidIn(record ?? (await seenBy(client, session)), openedAt)
  const answering = lines.flatMap((line) => line.actorId ?? [])
  const actorId = isPerson(assignedTo) ? assignedTo : answering.at(-1)
  const agent = actorId === undefined ? undefined : await agentUser(portal, actorId)
  return handoffEnded({
    sessionId,
    threadId,
    ticketId,
    agent: agent && { name: agent.name, email: agent.tags.agentEmail },
    openedAt,
    assignedAt: assignedAt > 0 ? assignedAt : undefined,
    answeredAt: lines.find(({ answeredAt }) => answeredAt !== undefined)?.answeredAt,
    endedAt: closedAt,
    endedBy,
    said: lines.map((line) =>
      line.from === 'agent' && line.actorId === actorId ? { ...line, name: agent?.name } : line,
    ),
  })
}

/** What Botpress has of a session's thread: HubSpot may no longer show it. */
async function seenBy(client: bp.Client, { conversationId, assignedTo }: Progress): Promise<Entry[]> {
  try {
    const { messages } = await client.listMessages({ conversationId })
    return messages
      .filter(({ direction, payload }) => direction === 'incoming' || payload['userId'] !== undefined)
      .map(({ direction, createdAt, payload }) => ({
        type: 'MESSAGE',
        // Each side calls incoming what comes from the other.
        ...(direction === 'incoming'
          ? { direction: 'OUTGOING', actorId: assignedTo }
          : { direction: 'INCOMING', actorId: undefined }),
        receipt: undefined,
        senderName: undefined,
        createdAt: Date.parse(createdAt),
        text: typeof payload['text'] === 'string' ? payload['text'] : '',
      }))
  } catch (thrown) {
    if (thrown instanceof TooLate) throw thrown
    return []
  }
}

/**
 * The newest entries of the session's thread; undefined if it cannot be read, which is no reason to keep the customer from
 * the bot.
 */
export async function recordOf(
  { logger, portal }: Pick<Props, 'logger' | 'portal'>,
  threadId: string,
  state: 'current' | 'archived' = 'current',
): Promise<Message[] | undefined> {
  try {
    return await portal.hubspot.conversations.newestEntries(threadId, state)
  } catch (thrown) {
    if (!isHubSpotError(thrown) && !(thrown instanceof PortalChanged)) throw thrown
    const why = isHubSpotError(thrown) ? thrown.kind : 'another account is connected'
    logger.warn(
      `HubSpot thread ${threadId} could not be read when it was closed (${why}): a reply of an agent may be missing. Compare the thread in HubSpot`,
    )
    return undefined
  }
}
