import { isApiError } from '@botpress/sdk'
import { agentReplyText } from '../content/agent-reply'
import { isHubSpotError } from '../hubspot/errors'
import type { Receipt } from '../hubspot/custom-channels'
import { agentProfile } from '../session/agent-profile'
import { lookUpSession, openedAt } from '../session/find-session'
import { beganAt } from '../session/integration-thread-id'
import { untilMessagesAreHeard } from '../session/linking'
import type { AgentMessage, EventProps } from './event'

const NOTHING_TO_SHOW = 'This message holds nothing that can be shown to the customer.'
const ENDED = 'The session has ended: the customer talks to the bot again and does not see this message.'
const NOT_STARTED_BY_BOT = 'This conversation was not started by the bot, so there is no customer to deliver this to.'
const REFUSED = 'Botpress refused this message. Try again with plain text.'

/** An agent's reply becomes a message from the agent; HubSpot is told whether the customer has it. */
export async function operatorSendMessage(event: AgentMessage, props: EventProps): Promise<void> {
  const { channelId } = await props.connection.channel()
  if (event.channelId !== channelId || event.sentByAppId === props.appId) return
  const receipt = await deliver(event, props)
  await report(event, receipt, props)
}

async function deliver(event: AgentMessage, props: EventProps): Promise<Receipt> {
  const text = agentReplyText({ ...event, files: await filesOf(event, props) })
  if (text === '') return { statusType: 'FAILED', errorMessage: NOTHING_TO_SHOW }
  if (!(await sessionIsOpen(event, props))) return { statusType: 'FAILED', errorMessage: NOT_STARTED_BY_BOT }
  try {
    const closed = await createMessage(event, text, props)
    return closed ? { statusType: 'FAILED', errorMessage: ENDED } : { statusType: 'SENT' }
  } catch (thrown) {
    if (!isFinal(thrown)) throw thrown
    return { statusType: 'FAILED', errorMessage: REFUSED }
  }
}

/** One call that finds or makes agent and message by their HubSpot ids, so that a redelivery changes nothing. */
async function createMessage(event: AgentMessage, text: string, { client, connection }: EventProps): Promise<boolean> {
  const actorId = event.actorId ?? 'unknown'
  const { name, pictureUrl, email } = await agentProfile(connection, actorId)
  const { conversation } = await client.initializeIncomingMessage({
    user: {
      name,
      ...(pictureUrl === undefined ? {} : { pictureUrl }),
      tags: { actorId, ...(email === undefined ? {} : { email }) },
      discriminateByTags: ['actorId'],
    },
    conversation: { channel: 'hitl', tags: { id: event.threadId }, discriminateByTags: ['id'] },
    message: { type: 'text', payload: { text }, tags: { id: event.messageId }, discriminateByTags: ['id'] },
  })
  return Boolean(conversation.tags['closedAt'])
}

/**
 * Whether there is a session to deliver into. A young one is given a moment, because the plugin drops what comes
 * before it is linked; an old one is taken for granted, which keeps the usual message free of look-ups.
 */
async function sessionIsOpen(
  { threadId, integrationThreadId = '' }: AgentMessage,
  { client }: EventProps,
): Promise<boolean> {
  const began = beganAt(integrationThreadId)
  if (began === undefined) return (await lookUpSession(client, threadId)) !== undefined
  const opened = await openedAt(client, threadId, began)
  const delay = opened === undefined ? 0 : untilMessagesAreHeard(opened)
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
  return true
}

/** Private files open only by a signed link; the file's own link is the second choice. */
function filesOf({ attachments }: AgentMessage, { connection }: EventProps) {
  const files = attachments.filter(({ fileId, url }) => fileId !== undefined || url !== undefined)
  return Promise.all(
    files.map(async ({ fileId, url, name }) => ({
      name: name ?? 'File',
      url: (fileId === undefined ? undefined : await signedUrl(fileId, connection)) ?? url,
    })),
  )
}

const signedUrl = (fileId: string, { hubspot }: EventProps['connection']): Promise<string | undefined> =>
  hubspot.files.signedUrl(fileId).catch((thrown: unknown) => {
    if (isHubSpotError(thrown, 'notFound', 'validation', 'missingScope')) return undefined
    throw thrown
  })

/** A refusal of the message itself: sent again, it would be refused again. */
const isFinal = (thrown: unknown): boolean =>
  isApiError(thrown) && [400, 404, 413, 422].includes(thrown.code) && thrown.type !== 'Runtime'

/** The customer has the message by now: a receipt that fails must not bring it again. */
async function report(event: AgentMessage, receipt: Receipt, { connection, logger }: EventProps): Promise<void> {
  try {
    await connection.hubspot.customChannels.report(event.channelId, event.messageId, receipt)
  } catch (thrown) {
    if (!isHubSpotError(thrown)) throw thrown
    logger.warn(`HubSpot did not take the receipt of message ${event.messageId} (${thrown.kind})`)
  }
}
