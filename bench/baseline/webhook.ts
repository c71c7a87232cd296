import * as z from 'zod/mini'
import type * as bp from '../../src/bp'
import type { AgentMessage, WebhookEvent } from '../../src/events/event'
import { assertSignature } from '../../src/hubspot/signature'
import { webhookUrl } from '../../src/installation/addresses'
import { parseWebhook } from '../../src/webhook/parse'
import { hubspot, tokensOf } from './hubspot'

type Props = Pick<bp.HandlerProps, 'ctx' | 'client'>

/** Handles events sequentially. */
export const handler: bp.IntegrationProps['handler'] = async ({ ctx, client, req }) => {
  const signed = {
    secret: ctx.configuration.clientSecret ?? '',
    method: 'POST',
    uri: webhookUrl(ctx.webhookId),
    rawBody: req.body ?? '',
    timestamp: req.headers['x-hubspot-request-timestamp'] ?? '',
  }
  assertSignature(signed, req.headers['x-hubspot-signature-v3'] ?? '', Date.now())
  for (const event of parseWebhook(signed.rawBody)?.events ?? []) await handle(event, { ctx, client })
  return { status: 200, body: '{}' }
}

function handle(event: WebhookEvent, props: Props): Promise<void> {
  switch (event.kind) {
    case 'agentMessage':
      return relayReply(event, props)
    case 'assigned':
      return tellAssigned(event, props)
    case 'ended':
      return tellStopped(event, props)
  }
}

/** Three calls. HubSpot gets no receipt. */
async function relayReply({ threadId, actorId = '', text }: AgentMessage, { client }: Props): Promise<void> {
  const conversationId = await conversationOf(threadId, client)
  const { user } = await client.getOrCreateUser({ tags: { actorId }, discriminateByTags: ['actorId'] })
  await client.createMessage({ conversationId, userId: user.id, type: 'text', payload: { text }, tags: {} })
}

async function tellAssigned(event: WebhookEvent & { kind: 'assigned' }, { ctx, client }: Props): Promise<void> {
  const { actorId } = event
  if (actorId === undefined) return
  const conversationId = await conversationOf(event.threadId, client)
  const { accessToken } = await tokensOf({ ctx, client })
  const path = `/conversations/v3/conversations/actors/${actorId}`
  const { name } = await hubspot(z.object({ name: z.string() }), { method: 'GET', path, token: accessToken })
  const { user } = await client.getOrCreateUser({ name, tags: { actorId }, discriminateByTags: ['actorId'] })
  await client.createEvent({ type: 'hitlAssigned', payload: { conversationId, userId: user.id } })
}

async function tellStopped({ threadId }: WebhookEvent, { client }: Props): Promise<void> {
  const conversationId = await conversationOf(threadId, client)
  await client.createEvent({ type: 'hitlStopped', payload: { conversationId } })
}

async function conversationOf(threadId: string, client: bp.Client): Promise<string> {
  const { conversations } = await client.listConversations({ channel: 'hitl', tags: { id: threadId } })
  const [conversation] = conversations
  if (!conversation) throw new Error(`Thread ${threadId} has no conversation`)
  return conversation.id
}
