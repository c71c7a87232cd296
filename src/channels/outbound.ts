import type * as bp from '../bp'
import type { ChatMessage } from '../content/to-agent/message'
import { threadPartsOf } from '../content/to-agent/thread-parts'
import { explained } from '../installation/explain'
import { connectionOf } from '../installation/connection'
import { inSession } from '../session/in-session'
import { publish } from '../session/publish'
import { sessionOf } from '../session/session'
import { contentOf } from './part-content'

type Props = Pick<bp.MessageProps['text'], 'ctx' | 'client' | 'conversation' | 'message'>

/**
 * Relays one Botpress message to its thread, part by part and in order. The Botpress message id makes a repetition
 * harmless, the message's own time keeps the order. Throws `RuntimeError` when it cannot be delivered.
 */
export async function relay({ ctx, client, conversation, message }: Props, content: ChatMessage): Promise<void> {
  const session = sessionOf(conversation)
  const parts = threadPartsOf(content)
  const deliver = async () => {
    const { hubspot } = connectionOf({ ctx, client }).portal(session.portalId)
    let { threadId } = session
    for (const [index, part] of parts.entries()) {
      const idempotencyId = parts.length === 1 ? message.id : `${message.id}:${index}`
      const sent = { ...(await contentOf(part, hubspot, session)), idempotencyId, timestamp: message.createdAt }
      threadId = (await publish(hubspot, session, sent)) ?? threadId
    }
    // HubSpot may continue a closed conversation in a new thread: the agent's answers will come from that one.
    if (threadId !== session.threadId) await client.updateConversation({ id: conversation.id, tags: { id: threadId } })
  }
  await explained('The message was not delivered to HubSpot', ctx, () =>
    inSession(client, { id: conversation.id, session }, deliver),
  )
}
