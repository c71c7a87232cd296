import { setTimeout as sleep } from 'node:timers/promises'
import { isApiError } from '@botpress/sdk'
import type { ReplyPart } from '../content/to-customer/reply-parts'
import type { Receipt } from '../hubspot/custom-channels'
import { isHubSpotError } from '../hubspot/errors'
import { TooLate } from '../installation/async'
import { errorName } from '../installation/explain'
import { PortalChanged } from '../installation/tokens'
import { agentUser, isAutomated } from '../people/agent'
import { announce, untilHeard } from '../session/tell-bot'
import { sessionOfMessage, SessionOpening } from '../session/find-session'
import { wordsToBot } from '../session/handoff-ended'
import { beganAt, type Progress } from '../session/session'
import { piecesOf, type Piece } from './agent-files'
import type { AgentMessage, EventProps } from './event'
import { giveBack } from './give-back'
import { behindName, markNamed, nameToShow } from './introduction'

const NOTHING_TO_SHOW = 'Not delivered: there is no text or file in this message that the customer could see.'
const ENDED = 'Not delivered: the session has ended and the customer is back with the bot.'
const NOT_STARTED_BY_BOT =
  'Not delivered: this conversation did not come from the bot, so there is no customer to send it to.'
const REFUSED = 'Not delivered: Botpress refused this message. Try again with plain text.'
const UNEXPECTED = 'Not delivered: something unexpected went wrong. Try again, or with plain text.'
const SEND_AGAIN = 'Send it again as an attachment, or send a link.'

/** The plugin handles messages concurrently: a pause keeps the parts of one reply in order. In milliseconds. */
const BETWEEN_PARTS_MS = 150
/** The webhook has to be answered in time, however many parts a reply has. */
const ALL_PAUSES_MS = 1_000

/**
 * `operatorSendMessage` in the manuals of the older integrations. An agent's reply becomes messages from the agent, and a
 * receipt tells HubSpot whether the customer has it. Throws if another attempt can succeed.
 */
export async function agentMessage(event: AgentMessage, props: EventProps): Promise<void> {
  const { channel, app } = props.portal
  const { channelId } = await channel()
  if (event.channelId !== channelId || event.sentByAppId === app.appId) return
  const outcome = await deliver(event, props).catch((thrown: unknown) => failureOf(thrown, props))
  const failure = typeof outcome === 'string' ? outcome : undefined
  const receipt: Receipt =
    failure === undefined ? { statusType: 'SENT' } : { statusType: 'FAILED', errorMessage: failure }
  const isReported = await report(event, receipt, props)
  if (typeof outcome === 'object' && isReported) {
    await props.client.updateConversation({ id: outcome.conversationId, tags: { answeredAt: String(Date.now()) } })
  }
}

/** Resolves to the reason if the customer does not have all of it, and to the session if that is a test. */
async function deliver(event: AgentMessage, props: EventProps): Promise<string | Progress | undefined> {
  const beforeDate = new Date().toISOString()
  const [pieces, session] = await Promise.all([
    piecesOf(event, props),
    sessionOfMessage(props.client, props.portal, event),
  ])
  if (pieces.length === 0) return NOTHING_TO_SHOW
  if (!session) return NOT_STARTED_BY_BOT
  const afterEnd = () => whyNotDelivered(event, session, beforeDate, props)
  if (session.closedAt !== undefined) return afterEnd()
  if (session.isTest) return session
  if (wordsToBot(event) !== undefined) {
    await giveBack(event, session, props, agentMessage)
    return undefined
  }
  return show(event, { session, pieces, afterEnd }, props)
}

type Reply = { session: Progress; pieces: readonly Piece[]; afterEnd: () => Promise<string | undefined> }

/** Publishes a reply piece by piece, in order. Resolves to the reason if the customer does not have all of it. */
async function show(event: AgentMessage, { session, pieces, afterEnd }: Reply, props: EventProps) {
  const lost = pieces.flatMap(({ missing }) => missing ?? [])
  if (!pieces.some(({ part }) => part)) return notDelivered(lost)
  const heard = await announced(event, session, props)
  await sleep(untilHeard(heard))
  const name = await nameToShow(event, heard, props)
  const shown = name === undefined ? pieces : behindName(name, pieces)
  const arrived: ReplyPart['type'][] = []
  const refused: string[] = []
  for (const [index, { part, missing }] of shown.entries()) {
    if (!part) continue
    if (index > 0) await sleep(Math.min(BETWEEN_PARTS_MS, ALL_PAUSES_MS / shown.length))
    const key = index === 0 ? event.messageId : `${event.messageId}:${index}`
    const tags = await createMessage(event, key, part, props).catch(ifRefused)
    if (tags && !tags['userId']) return NOT_STARTED_BY_BOT
    if (tags?.['closedAt']) {
      const why = await afterEnd()
      return why !== undefined && arrived.length > 0 ? `${whatArrived(arrived)} the session has ended.` : why
    }
    if (!tags) refused.push(`the ${part.type}, which Botpress refused`)
    else if (missing === undefined) arrived.push(part.type)
  }
  if (name !== undefined) await markNamed(event, heard, props)
  const missing = [...lost, ...refused]
  if (missing.length === 0) return undefined
  if (arrived.length > 0) return `${whatArrived(arrived)} this was not: ${missing.join(', ')}. ${SEND_AGAIN}`
  return lost.length > 0 ? notDelivered(missing) : REFUSED
}

const notDelivered = (missing: readonly string[]): string => `Not delivered: ${missing.join(', ')}. ${SEND_AGAIN}`

const whatArrived = (types: readonly ReplyPart['type'][]): string =>
  types.includes('text') ? 'Your text was delivered, but' : 'A part of this message was delivered, but'

/** As the session ended, its missing messages were delivered: the webhook of one of them can arrive later. */
async function whyNotDelivered(
  { messageId }: AgentMessage,
  { conversationId }: Progress,
  beforeDate: string,
  { client }: EventProps,
): Promise<string | undefined> {
  const { messages } = await client.listMessages({ conversationId, tags: { id: messageId }, beforeDate })
  return messages.length === 0 ? ENDED : undefined
}

/** If the session has no agent, the author is announced before their message. Only people are announced. */
async function announced(event: AgentMessage, session: Progress, props: EventProps): Promise<Progress> {
  const { actorId, senderName, occurredAt } = event
  if (session.assignedTo !== undefined || actorId === undefined || isAutomated(actorId)) return session
  return announce(props, session, { actorId, senderName, assignedAt: Math.max(occurredAt, session.assignedAt) })
}

/** One call that finds or creates agent and message by their HubSpot IDs, so that a redelivery changes nothing. */
async function createMessage(event: AgentMessage, messageId: string, part: ReplyPart, props: EventProps) {
  const { conversation } = await props.client.initializeIncomingMessage({
    user: {
      ...(await agentUser(props.portal, event.actorId ?? 'unknown', event.senderName)),
      discriminateByTags: ['actorId'],
    },
    conversation: { channel: 'hitl', ...conversationKey(event, props) },
    message: {
      type: part.type,
      // What the HITL plugin gives the customer's message as a tag, so that a bot can find the agent's.
      payload: { ...part.payload, additionalData: event.messageId },
      tags: { id: messageId },
      discriminateByTags: ['id'],
    },
  })
  return conversation.tags
}

/** Our own thread ID stays the same when HubSpot continues a conversation in another thread. */
function conversationKey({ threadId, integrationThreadId = '' }: AgentMessage, { portal }: EventProps) {
  const tags = { id: threadId, portalId: portal.portalId }
  return beganAt(integrationThreadId) === undefined
    ? { tags, discriminateByTags: ['id', 'portalId'] }
    : { tags: { ...tags, integrationThreadId }, discriminateByTags: ['integrationThreadId'] }
}

function ifRefused(thrown: unknown): undefined {
  if (!isApiError(thrown) || isTemporary(thrown)) throw thrown
}

/** Rethrows if another attempt can succeed. Everything else would fail again for as long as HubSpot tries. */
function failureOf(thrown: unknown, { logger }: EventProps): string {
  if (isTemporary(thrown)) throw thrown
  if (isApiError(thrown)) return REFUSED
  logger.error(`An agent's message failed: ${errorName(thrown)}`)
  return UNEXPECTED
}

function isTemporary(thrown: unknown): boolean {
  if (isApiError(thrown)) return ![400, 404, 413, 422].includes(thrown.code) || thrown.type === 'Runtime'
  if (isHubSpotError(thrown)) return isHubSpotError(thrown, 'rateLimit', 'unavailable', 'auth')
  return thrown instanceof SessionOpening || thrown instanceof PortalChanged || thrown instanceof TooLate
}

/** The customer already has the message: a receipt that fails must not cause a redelivery. */
async function report(event: AgentMessage, receipt: Receipt, { portal, logger }: EventProps): Promise<boolean> {
  try {
    await portal.hubspot.customChannels.report(event.channelId, event.messageId, receipt)
    return true
  } catch (thrown) {
    if (!isHubSpotError(thrown)) throw thrown
    logger.warn(`HubSpot did not take the receipt of message ${event.messageId} (${thrown.kind})`)
    return false
  }
}
