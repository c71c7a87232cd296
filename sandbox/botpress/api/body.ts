import { z } from '@botpress/sdk'
import type { Context } from 'hono'
import { BotpressError } from '../errors'
import { assertMatches } from '../validation'

/** Reads a body that must be JSON and hold nothing but what the operation knows. */
export async function readBody<T extends z.ZodTypeAny>(c: Context, schema: T): Promise<z.infer<T>> {
  const value = parseJson(await c.req.text())
  assertMatches(schema, value, 'request body')
  return schema.parse(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BotpressError('InvalidPayload', 'The request body is not JSON')
  }
}

const tags = z.record(z.string())
const payload = z.record(z.unknown())
const discriminateByTags = z.array(z.string())
const keys = { discriminateByTags: discriminateByTags.optional() }
const schedule = z.object({ dateTime: z.string().optional(), delay: z.number().nonnegative().optional() })
const expiry = z.number().positive().nullable().optional()

const user = z.object({
  tags,
  name: z.string().optional(),
  pictureUrl: z.string().optional(),
  attributes: z.record(z.string()).optional(),
})
const conversation = z.object({ channel: z.string(), tags })
const content = z.object({ type: z.string(), payload, tags, origin: z.literal('synthetic').optional() })
const message = content.extend({ userId: z.string(), conversationId: z.string(), schedule: schedule.optional() })

/** What each operation of the client sends. */
export const bodies = {
  createUser: user,
  getOrCreateUser: user.extend(keys),
  updateUser: z.object({
    tags: tags.optional(),
    name: z.string().nullable().optional(),
    pictureUrl: z.string().nullable().optional(),
    attributes: z.record(z.string().nullable()).optional(),
  }),
  createConversation: conversation,
  getOrCreateConversation: conversation.extend(keys),
  updateConversation: z.object({ tags: tags.optional() }),
  createMessage: message,
  getOrCreateMessage: message.extend(keys),
  updateMessage: z.object({ tags, payload: payload.optional() }),
  initializeIncomingMessage: z.object({
    userId: z.string().optional(),
    user: user.extend({ discriminateByTags }).optional(),
    conversationId: z.string().optional(),
    conversation: conversation.extend({ discriminateByTags }).optional(),
    message: content.extend({ discriminateByTags }).optional(),
  }),
  createEvent: z.object({
    type: z.string(),
    payload,
    schedule: schedule.optional(),
    conversationId: z.string().optional(),
    userId: z.string().optional(),
    messageId: z.string().optional(),
  }),
  setState: z.object({ payload: payload.nullable(), expiry }),
  getOrSetState: z.object({ payload, expiry }),
  patchState: z.object({ payload }),
  configureIntegration: z.object({
    identifier: z.string().nullable().optional(),
    scheduleRegisterCall: z
      .enum(['hourly', 'daily', 'weekly', 'bi-weekly', 'monthly', 'bi-monthly', 'quarterly', 'yearly'])
      .optional(),
  }),
}
