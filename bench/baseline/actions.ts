import type * as bp from '../../src/bp'
import { newIntegrationThreadId } from '../../src/session/session'
import { channelOf, tokensOf } from './hubspot'
import { publish } from './publish'

type Actions = bp.IntegrationProps['actions']

export const createUser: Actions['createUser'] = async ({ client, input: { name, email = '' } }) => {
  const { user } = await client.getOrCreateUser({ name, tags: { email }, discriminateByTags: ['email'] })
  return { userId: user.id }
}

export const startHitl: Actions['startHitl'] = async ({ client, ctx, input }) => {
  const { accessToken } = await tokensOf({ client, ctx })
  const channel = await channelOf({ client, ctx })
  const { user } = await client.getUser({ id: input.userId })
  const integrationThreadId = newIntegrationThreadId()
  const { conversationsThreadId } = await publish(accessToken, channel, {
    integrationThreadId,
    email: user.tags.email ?? '',
    text: [input.title, input.description].filter(Boolean).join('\n') || 'Hello',
    timestamp: new Date().toISOString(),
  })
  const { conversation } = await client.createConversation({
    channel: 'hitl',
    tags: { id: conversationsThreadId ?? '', integrationThreadId, userId: user.id },
  })
  return { conversationId: conversation.id }
}

export const stopHitl: Actions['stopHitl'] = () => Promise.resolve({})
