import { setTimeout as sleep } from 'node:timers/promises'
import { isApiError } from '@botpress/sdk'
import { replyParts, type ReplyPart } from '../content/to-customer/reply-parts'
import type { Receipt } from '../hubspot/custom-channels'
import { isHubSpotError } from '../hubspot/errors'
import { PortalChanged } from '../installation/tokens'
import { agentUser, isAutomated } from '../people/agent-user'
import { announce } from '../session/announce'
import { sessionOfMessage, SessionOpening } from '../session/find-session'
import { untilHeard } from '../session/pacing'
import { beganAt, type Progress } from '../session/session'
import { filesOf } from './agent-files'
import type { AgentMessage, EventProps } from './event'
import { giveBack, wordsToBot } from './give-back'
import { behindName, markNamed, nameToShow } from './introduction'

const NOTHING_TO_SHOW = 'Not delivered: there is no text or file in this message that the customer could see.'
const ENDED = 'Not delivered: the session has ended and the customer is back with the bot.'
const NOT_STARTED_BY_BOT =
  'Not delivered: this conversation did not come from the bot, so there is no customer to send it to.'
const REFUSED = 'Not delivered: Botpress refused this message. Try again with plain text.'
const UNEXPECTED = 'Not delivered: something unexpected went wrong. Try again, or with plain text.'
const FILE_MISSING = 'A file of this message cannot be opened outside HubSpot. Send it again, or send a link.'

/** The plugin handles messages concurrently: a pause keeps the parts of one reply in order. In milliseconds. */
const BETWEEN_PARTS_MS = 150

/**
 * `operatorSendMessage` in the manuals of the older integrations. An agent's reply becomes messages from the agent, and a
 * receipt tells HubSpot whether the customer has it. Throws if another attempt can succeed.
 */
export async function agentMessage(event: AgentMessage, props: EventProps): Promise<void> {
  const { channel, app } = props.portal
  const { channelId } = await channel()
  if (event.channelId !== channelId || event.sentByAppId === app.appId) return
  const failure = await deliver(event, props).catch((thrown: unknown) => failureOf(thrown, props))
  const receipt: Receipt =
    failure === undefined ? { statusType: 'SENT' } : { statusType: 'FAILED', errorMessage: failure }
  await report(event, receipt, props)
}

/** Resolves to the reason if the customer does not have all of it. */
async function deliver(event: AgentMessage, props: EventProps): Promise<string | undefined> {
  const [files, session] = await Promise.all([
    filesOf(event, props),
    sessionOfMessage(props.client, props.portal, event),
  ])
  const parts = await replyParts(event, files)
  if (parts.length === 0) return NOTHING_TO_SHOW
  if (!session) return NOT_STARTED_BY_BOT
  if (session.closedAt !== undefined) return ENDED
  if (wordsToBot(event) !== undefined) {
    await giveBack(event, session, props)
    return undefined
  }
  const heard = await announced(event, session, props)
  await sleep(untilHeard(heard))
  const name = await nameToShow(event, heard, props)
  const shown = name === undefined ? parts : await behindName(name, parts)
  for (const [index, part] of shown.entries()) {
    if (index > 0) await sleep(BETWEEN_PARTS_MS)
    const tags = await createMessage(event, index === 0 ? event.messageId : `${event.messageId}:${index}`, part, props)
    if (!tags['userId']) return NOT_STARTED_BY_BOT
    if (tags['closedAt']) return ENDED
  }
  if (name !== undefined) await markNamed(event, heard, props)
  return files.some(({ url }) => url === undefined) ? FILE_MISSING : undefined
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

/** Rethrows if another attempt can succeed. Everything else would fail again for as long as HubSpot tries. */
function failureOf(thrown: unknown, { logger }: EventProps): string {
  if (isTemporary(thrown)) throw thrown
  if (isApiError(thrown)) return REFUSED
  logger.error(`An agent's message failed: ${thrown instanceof Error ? thrown.name : typeof thrown}`)
  return UNEXPECTED
}

function isTemporary(thrown: unknown): boolean {
  if (isApiError(thrown)) return ![400, 404, 413, 422].includes(thrown.code) || thrown.type === 'Runtime'
  if (isHubSpotError(thrown)) return isHubSpotError(thrown, 'rateLimit', 'unavailable', 'auth')
  return thrown instanceof SessionOpening || thrown instanceof PortalChanged
}

/** The customer already has the message: a receipt that fails must not cause a redelivery. */
async function report(event: AgentMessage, receipt: Receipt, { portal, logger }: EventProps): Promise<void> {
  try {
    await portal.hubspot.customChannels.report(event.channelId, event.messageId, receipt)
  } catch (thrown) {
    if (!isHubSpotError(thrown)) throw thrown
    logger.warn(`HubSpot did not take the receipt of message ${event.messageId} (${thrown.kind})`)
  }
}
