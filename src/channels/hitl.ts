import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { visible } from '../content/text'
import { CONTINUED } from '../content/to-agent/transcript'
import { asText, threadPartsOf, type ChatMessage } from '../content/to-agent/thread-parts'
import type { MessageContent } from '../hubspot/custom-channels'
import { isHubSpotError } from '../hubspot/errors'
import { connectionOf, type Portal } from '../installation/connection'
import { ExpiringMap } from '../installation/expiring-map'
import { explained, lostConnection, reason } from '../installation/explain'
import { keyOf } from '../installation/states'
import { PortalChanged } from '../installation/tokens'
import { nameOf } from '../people/customer'
import { endSession, recordOf } from '../session/end-session'
import { progressOf, publish, sessionOf, type Progress, type Session } from '../session/session'
import { contentsOf } from './part-content'

/** What customers write during a session goes to the agent. */
export const hitl: bp.IntegrationProps['channels']['hitl'] = {
  messages: {
    text: (props) => relay(props, { type: 'text', payload: props.payload }, props.payload.userId),
    image: (props) => relay(props, { type: 'image', payload: props.payload }, props.payload.userId),
    audio: (props) => relay(props, { type: 'audio', payload: props.payload }, props.payload.userId),
    video: (props) => relay(props, { type: 'video', payload: props.payload }, props.payload.userId),
    file: (props) => relay(props, { type: 'file', payload: props.payload }, props.payload.userId),
    bloc: (props) => relay(props, { type: 'bloc', payload: props.payload }, props.payload.userId),
  },
}

type Props = Pick<bp.MessageProps['text'], 'ctx' | 'client' | 'conversation' | 'message' | 'logger'>

/** A message that was written before the session ended can arrive this long after it. In milliseconds. */
const LAST_WORDS_MS = 5_000

/**
 * Relays one Botpress message to its thread. The bot's own lines, and messages of a session that has ended, become internal
 * notes: as messages they would reopen the thread. Throws `RuntimeError` if the message cannot be delivered.
 */
async function relay(props: Props, content: ChatMessage, userId: string | undefined): Promise<void> {
  const { ctx, client, conversation, message } = props
  const [session, progress] = [sessionOf(conversation), progressOf(conversation)]
  await explained('The message was not delivered to HubSpot', ctx, async () => {
    const author = await authorOf(props, session, userId)
    const portal = connectionOf({ ctx, client }).portal(session.portalId)
    try {
      if (author.kind === 'bot') return await note(portal, session, asText(content))
      if (isOver(progress, message)) return await note(portal, session, lateWords(session, author, content))
      if (progress.closedAt !== undefined) await reopen(client, progress)
      return await deliver(props, portal, { session, author, content })
    } catch (thrown) {
      throw await afterFailure(props, portal, { session, progress, thrown })
    }
  })
}

/**
 * Whether the message belongs to a session that has ended. If an agent closed the thread and the customer's messages still
 * arrive later than that, the bot missed the ending: the session is not over.
 */
const isOver = ({ closedAt, endedBy }: Progress, { createdAt }: Props['message']): boolean =>
  closedAt !== undefined && (endedBy === 'bot' || Date.parse(createdAt) - closedAt < LAST_WORDS_MS)

const reopen = (client: bp.Client, { conversationId, closedAt }: Progress) =>
  client.updateConversation({ id: conversationId, tags: { closedAt: '', reopenedFrom: String(closedAt) } })

/** Part by part, in order. The Botpress message ID makes a retry harmless; the message's own time keeps the order. */
async function deliver(
  { client, conversation, message }: Props,
  { hubspot }: Portal,
  { session, author, content }: { session: Session; author: Author; content: ChatMessage },
): Promise<void> {
  const contents = await contentsOf(threadPartsOf(content), hubspot, session)
  let { threadId } = session
  for (const [index, shown] of contents.entries()) {
    const idempotencyId = contents.length === 1 ? message.id : `${message.id}:${index}`
    const said = index === 0 ? spokenBy(author, shown) : shown
    threadId = (await publish(hubspot, session, { ...said, idempotencyId, timestamp: message.createdAt })) ?? threadId
  }
  // HubSpot may continue a closed conversation in a new thread. The agent's replies then come from that one.
  if (threadId !== session.threadId) await client.updateConversation({ id: conversation.id, tags: { id: threadId } })
}

/** HubSpot knows only the customer as sender, so the text of another person in a group begins with their name. */
function spokenBy(author: Author, shown: MessageContent): MessageContent {
  if (author.kind !== 'other') return shown
  return { text: [`${author.name}:`, shown.text].filter(Boolean).join(' '), attachments: shown.attachments }
}

const note = ({ hubspot }: Portal, { threadId }: Session, text: string): Promise<void> =>
  hubspot.conversations.comment(threadId, text)

function lateWords({ sender }: Session, author: Author, content: ChatMessage): string {
  const name = author.kind === 'other' ? author.name : sender.name || 'The customer'
  return `${name} wrote as the conversation ended: ${visible(asText(content)).replaceAll('\n', `\n${CONTINUED}`)}`
}

/** Does what else follows from a failure. Resolves to the error to throw. */
async function afterFailure(
  { ctx, client, logger, message }: Props,
  portal: Portal,
  { session, progress, thrown }: { session: Session; progress: Progress; thrown: unknown },
): Promise<unknown> {
  if (isOver(progress, message)) return thrown
  const end = async () => {
    const props = { client, logger, portal }
    const record = await recordOf(props, session.threadId)
    await endSession(props, progress, { endedBy: 'bot', closedAt: Date.now(), record })
  }
  if (thrown instanceof PortalChanged) {
    await end()
    return new RuntimeError(
      `The message was not delivered to HubSpot: this session was opened in HubSpot account ${session.portalId}, which is no longer connected. The session has ended; escalate again.`,
    )
  }
  const lost = await lostConnection(portal, session, thrown)
  const refusal = isHubSpotError(thrown, 'auth', 'missingScope', 'notFound') ? reason(thrown, ctx) : undefined
  const final = lost?.message ?? refusal
  if (final !== undefined) {
    // No further message of this session can be delivered: the customer is better off with the bot.
    await end()
    logger.forBot().warn(`A session was given back to the bot: ${final}`)
    if (lost) return lost
  } else if (isHubSpotError(thrown, 'validation', 'conflict', 'unexpected')) {
    await note(portal, session, NOT_DELIVERED).catch(() => undefined)
  }
  return thrown
}

const NOT_DELIVERED =
  'A message of the customer is missing here: HubSpot refused it. Ask the customer to write it again.'

/** Who wrote a message of the session: its customer, another person of a group, or the bot itself. */
type Author = { kind: 'customer' | 'bot' } | { kind: 'other'; name: string }

/** By installation and user. */
const names = new ExpiringMap<string, string>(10 * 60_000)

/** The HITL plugin names the author of each message, except for its own lines. */
async function authorOf({ ctx, client }: Props, session: Session, userId: string | undefined): Promise<Author> {
  if (userId === undefined || userId === '') return { kind: 'bot' }
  if (userId === session.userId) return { kind: 'customer' }
  const key = `${keyOf(ctx)} ${userId}`
  const known = names.get(key)
  if (known !== undefined) return { kind: 'other', name: known }
  const { user } = await client.getUser({ id: userId })
  return { kind: 'other', name: names.set(key, nameOf(user) || 'Another person') }
}
