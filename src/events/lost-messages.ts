import { contentOf, type Message } from '../hubspot/message'
import { wordsToBot } from '../session/handoff-ended'
import { beganAt, type Progress } from '../session/session'
import type { AgentMessage, EventProps } from './event'

export type Deliver = (message: AgentMessage, props: EventProps) => Promise<void>

/** HubSpot's clock can be behind ours. In milliseconds. */
const CLOCKS_DIFFER_MS = 120_000

/** A page of Botpress' lists has about 20 entries. */
const MOST_PAGES = 5

/**
 * Delivers the agents' messages that the thread has and the conversation lacks: HubSpot promises no repetition of the
 * webhook that tells of a message. Resolves to whether there were any. Throws if another attempt can succeed.
 */
export async function deliverLostMessages(
  event: Pick<AgentMessage, 'threadId' | 'portalId' | 'occurredAt'>,
  { session, entries }: { session: Progress; entries: readonly Message[] },
  props: EventProps,
  deliver: Deliver,
): Promise<boolean> {
  const began = (beganAt(session.integrationThreadId) ?? session.createdAt) - CLOCKS_DIFFER_MS
  const replies = entries
    .filter((entry) => isReply(entry) && (entry.createdAt ?? began) >= began)
    .sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0))
  const arrived = replies.length > 0 ? await arrivedParts(session, props) : new Map<string, number>()
  const lost = replies.filter((reply) => (arrived.get(reply.messageId) ?? 0) < fewestParts(reply))
  for (const reply of lost) {
    const { threadId, portalId, occurredAt } = event
    const { createdAt = occurredAt, channelId = (await props.portal.channel()).channelId } = reply
    const { integrationThreadId } = session
    const about = { threadId, portalId, channelId, integrationThreadId, occurredAt: createdAt }
    await deliver({ kind: 'agentMessage', ...contentOf(reply), ...about }, props)
  }
  return lost.length > 0
}

/**
 * Notes are for agents only, and whoever wrote a message that failed has been told. `/bot` asks for what the end of the
 * thread does anyway.
 */
const isReply = (entry: Message): boolean =>
  entry.type === 'MESSAGE' &&
  entry.direction === 'OUTGOING' &&
  entry.receipt !== 'FAILED' &&
  wordsToBot(entry) === undefined

/** A message whose delivery was interrupted lacks some of its parts. Delivering one again does no harm. */
const fewestParts = ({ text, richText, attachments }: Message): number =>
  attachments.filter(({ kind }) => kind === 'file').length + ((text + richText).trim() === '' ? 0 : 1)

/** How many parts of each message of HubSpot the conversation has. */
async function arrivedParts({ conversationId }: Progress, { client }: EventProps): Promise<Map<string, number>> {
  const parts = new Map<string, number>()
  let page: { nextToken?: string } = {}
  for (let pages = 0; pages === 0 || (page.nextToken !== undefined && pages < MOST_PAGES); pages++) {
    const { messages, meta } = await client.listMessages({ conversationId, ...page })
    for (const { tags } of messages) {
      const [messageId = ''] = (tags['id'] ?? '').split(':')
      parts.set(messageId, (parts.get(messageId) ?? 0) + 1)
    }
    page = meta
  }
  return parts
}
