import { setTimeout as sleep } from 'node:timers/promises'
import { isApiError } from '@botpress/sdk'
import { replyParts, type ReplyPart } from '../content/to-customer/reply-parts'
import type { Receipt } from '../hubspot/custom-channels'
import { isHubSpotError } from '../hubspot/errors'
import { agentUser } from '../people/agent-user'
import { openedAt, sessionOfThread } from '../session/find-session'
import { beganAt } from '../session/session'
import { untilMessagesAreHeard } from '../session/linking'
import { filesOf } from './agent-files'
import type { AgentMessage, EventProps } from './event'

const NOTHING_TO_SHOW = 'This message holds nothing that can be shown to the customer.'
const ENDED = 'The session has ended: the customer talks to the bot again and does not see this message.'
const NOT_STARTED_BY_BOT = 'This conversation was not started by the bot, so there is no customer to deliver this to.'
const REFUSED = 'Botpress refused this message. Try again with plain text.'
const FILE_MISSING = 'A file of this message cannot be opened outside HubSpot. Send it again, or send a link.'

/** `operatorSendMessage` in the manuals of the older integrations. An agent's reply becomes messages from the agent; HubSpot is told whether the customer has it. */
export async function agentMessage(event: AgentMessage, props: EventProps): Promise<void> {
  const { channel, app } = props.portal
  const { channelId } = await channel()
  if (event.channelId !== channelId || event.sentByAppId === app.appId) return
  const failure = await deliver(event, props)
  const receipt: Receipt =
    failure === undefined ? { statusType: 'SENT' } : { statusType: 'FAILED', errorMessage: failure }
  await report(event, receipt, props)
}

/** Resolves to why the customer does not have all of it, if so. Throws what another try can mend. */
async function deliver(event: AgentMessage, props: EventProps): Promise<string | undefined> {
  const files = await filesOf(event, props)
  const parts = await replyParts(event, files)
  if (parts.length === 0) return NOTHING_TO_SHOW
  if (!(await sessionIsOpen(event, props))) return NOT_STARTED_BY_BOT
  try {
    for (const [index, part] of parts.entries()) {
      const messageId = index === 0 ? event.messageId : `${event.messageId}:${index}`
      const { id, tags } = await createMessage(event, messageId, part, props)
      if (!tags['userId']) return NOT_STARTED_BY_BOT
      if (tags['closedAt']) return ENDED
      if (index === 0 && !tags['assignedTo']) await noteAssignment(id, event, props)
    }
  } catch (thrown) {
    if (!isFinal(thrown)) throw thrown
    return REFUSED
  }
  return files.some(({ url }) => url === undefined) ? FILE_MISSING : undefined
}

/** One call that finds or makes agent and message by their HubSpot ids, so that a redelivery changes nothing. */
async function createMessage(event: AgentMessage, messageId: string, part: ReplyPart, props: EventProps) {
  const { conversation } = await props.client.initializeIncomingMessage({
    user: {
      ...(await agentUser(props.portal, event.actorId ?? 'unknown', event.senderName)),
      discriminateByTags: ['actorId'],
    },
    conversation: { channel: 'hitl', ...conversationKey(event, props) },
    message: { ...part, tags: { id: messageId }, discriminateByTags: ['id'] },
  })
  return conversation
}

/** Our own thread id stays when HubSpot continues a conversation in another thread. */
function conversationKey({ threadId, integrationThreadId = '' }: AgentMessage, { portal }: EventProps) {
  const tags = { id: threadId, portalId: portal.portalId }
  return beganAt(integrationThreadId) === undefined
    ? { tags, discriminateByTags: ['id', 'portalId'] }
    : { tags: { ...tags, integrationThreadId }, discriminateByTags: ['integrationThreadId'] }
}

/** The plugin takes who writes first for assigned and says so: the event of the assignment need not say it again. */
async function noteAssignment(id: string, { actorId }: AgentMessage, { client }: EventProps): Promise<void> {
  if (actorId !== undefined) await client.updateConversation({ id, tags: { assignedTo: actorId } })
}

/**
 * Whether there is a session to deliver into. A young one is given a moment, because the plugin drops what comes
 * before it is linked; an old one is taken for granted, which keeps the usual message free of look-ups.
 */
async function sessionIsOpen(
  { threadId, integrationThreadId = '' }: AgentMessage,
  { client, portal }: EventProps,
): Promise<boolean> {
  const began = beganAt(integrationThreadId)
  if (began === undefined) return (await sessionOfThread(client, portal, threadId)) !== undefined
  const opened = await openedAt(client, portal, { integrationThreadId, beganAt: began })
  const delay = opened === undefined ? 0 : untilMessagesAreHeard(opened)
  if (delay > 0) await sleep(delay)
  return true
}

/** A refusal of the message itself: sent again, it would be refused again. */
const isFinal = (thrown: unknown): boolean =>
  isApiError(thrown) && [400, 404, 413, 422].includes(thrown.code) && thrown.type !== 'Runtime'

/** The customer has the message by now: a receipt that fails must not bring it again. */
async function report(event: AgentMessage, receipt: Receipt, { portal, logger }: EventProps): Promise<void> {
  try {
    await portal.hubspot.customChannels.report(event.channelId, event.messageId, receipt)
  } catch (thrown) {
    if (!isHubSpotError(thrown)) throw thrown
    logger.warn(`HubSpot did not take the receipt of message ${event.messageId} (${thrown.kind})`)
  }
}
