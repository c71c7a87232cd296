import { Hono } from 'hono'
import { findMessage, publishMessage } from '../behaviour/publish'
import { invalid, notFound } from '../problem'
import type { Message } from '../state/model'
import { isoNow, type World } from '../state/world'
import { customChannelsPlan, scope } from './auth'
import { readJson } from './body'
import { channelMessageSchema, lenientMessageDefaults, messageUpdateSchema } from './channel-message-schema'
import { findChannel } from './channels'

export function channelMessages(world: World): Hono {
  const read = scope(world, 'conversations.custom_channels.read')
  const write = scope(world, 'conversations.custom_channels.write')
  const plan = customChannelsPlan(world)
  const base = '/:channelId/messages'
  return new Hono()
    .post(base, write, plan, async (c) => {
      const stored = findChannel(world, c.req.param('channelId'))
      const input = await readJson(world, c, channelMessageSchema, lenientMessageDefaults)
      return c.json(publishMessage(world, stored, input), 201)
    })
    .get(`${base}/:messageId`, read, plan, (c) => c.json(messageOf(world, c.req.param())))
    .patch(`${base}/:messageId`, write, plan, async (c) => {
      const message = messageOf(world, c.req.param())
      const { statusType, errorMessage } = await readJson(world, c, messageUpdateSchema)
      if (message.direction === 'INCOMING') throw invalid('Only the status of outgoing messages can be updated')
      message.status =
        statusType === 'FAILED'
          ? { statusType, failureDetails: { errorMessage, errorMessageTokens: {} } }
          : { statusType }
      message.updatedAt = isoNow(world)
      return c.json(message)
    })
}

function messageOf(world: World, { channelId, messageId }: { channelId: string; messageId: string }): Message {
  const { channel } = findChannel(world, channelId)
  const message = findMessage(world, channel.id, messageId)
  if (message === undefined) throw notFound('Message', messageId)
  return message
}
