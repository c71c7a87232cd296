import type { z } from '@botpress/sdk'
import { Hono } from 'hono'
import { BotpressError } from '../errors'
import type { Pending } from '../pending'
import type { Store } from '../store'
import { bodies, readBody } from './body'
import type { MessageDelivery } from './messages'

type Input = z.infer<typeof bodies.initializeIncomingMessage>

/** Gets or makes user, conversation and message in one go: all of them, or nothing when one is refused. */
export function incomingRoutes(store: Store, pending: Pending, deliver: MessageDelivery): Hono {
  const routes = new Hono()
  routes.post('/initialize-incoming-message', async (c) => {
    const input = await readBody(c, bodies.initializeIncomingMessage)
    checkAll(store, input)
    const user = userOf(store, input)
    const conversation = conversationOf(store, input)
    if (!input.message) return c.json({ user, conversation })
    const ids = { userId: user.id, conversationId: conversation.id, channel: conversation.channel }
    const { message, isNew } = store.messages.getOrCreate({ ...input.message, ...ids, direction: 'incoming' })
    if (isNew) pending.inBackground(() => deliver(message))
    return c.json({ user, conversation, message })
  })
  return routes
}

function checkAll({ users, conversations, messages }: Store, input: Input): void {
  assertOneOf('userId', input.userId, 'user', input.user)
  assertOneOf('conversationId', input.conversationId, 'conversation', input.conversation)
  if (input.user) users.check(input.user)
  if (input.userId !== undefined) users.referenced(input.userId)
  if (input.conversation) conversations.check(input.conversation)
  const existing = input.conversationId === undefined ? undefined : conversations.referenced(input.conversationId)
  if (input.message) messages.check(input.conversation?.channel ?? existing?.channel ?? '', input.message)
}

function assertOneOf(idName: string, id: unknown, partName: string, part: unknown): void {
  if ((id === undefined) === (part === undefined)) {
    throw new BotpressError('InvalidPayload', `Either ${idName} or ${partName} is needed, and not both`)
  }
}

function userOf({ users }: Store, { user, userId = '' }: Input) {
  return user ? users.getOrCreate(user) : users.referenced(userId)
}

function conversationOf({ conversations }: Store, { conversation, conversationId = '' }: Input) {
  return conversation ? conversations.getOrCreate(conversation) : conversations.referenced(conversationId)
}
