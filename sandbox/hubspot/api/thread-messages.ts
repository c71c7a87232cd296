import { Hono } from 'hono'
import { isAgent, toRichText } from '../behaviour/agent'
import { attachFile } from '../behaviour/attachments'
import { appAuthor } from '../behaviour/author'
import { sendReply } from '../behaviour/reply'
import { addMessage, findThread, written } from '../behaviour/threads'
import { invalid, notFound } from '../problem'
import type { Attachment, Comment, HistoryItem, Message } from '../state/model'
import { type StoredThread, type World } from '../state/world'
import { scope } from './auth'
import { readJson } from './body'
import { flag, page } from './paging'
import { threadMessageSchema, type CommentInput, type MessageInput } from './thread-message-schema'

export function threadMessages(world: World): Hono {
  const read = scope(world, 'conversations.read')
  const write = scope(world, 'conversations.write')
  const base = '/threads/:threadId/messages'
  const itemOf = ({ threadId, messageId }: { threadId: string; messageId: string }): HistoryItem => {
    const item = findThread(world, threadId).history.find(({ id }) => id === messageId)
    if (item === undefined) throw notFound('Message', messageId)
    return item
  }
  return new Hono()
    .get(base, read, (c) => {
      const { history } = findThread(world, c.req.param('threadId'), flag(c, 'archived'))
      const sort = c.req.query('sort') ?? 'createdAt'
      if (sort !== 'createdAt' && sort !== '-createdAt') throw invalid(`Cannot sort by ${sort}`)
      const direction = sort === 'createdAt' ? 1 : -1
      const items = [...history].sort((a, b) => direction * a.createdAt.localeCompare(b.createdAt))
      return c.json(page(c, items, { byDefault: 100, max: 500 }))
    })
    .post(base, write, async (c) => {
      const stored = findThread(world, c.req.param('threadId'))
      const input = await readJson(world, c, threadMessageSchema)
      return c.json(input.type === 'COMMENT' ? comment(world, stored, input) : message(world, stored, input), 201)
    })
    .get(`${base}/:messageId`, read, (c) => c.json(itemOf(c.req.param())))
    .get(`${base}/:messageId/original-content`, read, (c) => {
      const item = itemOf(c.req.param())
      if (item.type !== 'MESSAGE') throw invalid(`An item of type ${item.type} has no original content`)
      return c.json({ text: item.text, richText: item.richText })
    })
}

function comment(world: World, stored: StoredThread, input: CommentInput): Comment {
  if (world.switches.refuseComments) throw invalid('Comments are not supported on this thread')
  const author = appAuthor(world)
  const added: Comment = {
    ...written(world, stored, author),
    type: 'COMMENT',
    text: input.text,
    richText: input.richText ?? toRichText(input.text),
    attachments: attached(world, input),
  }
  addMessage(world, stored, added, author)
  return added
}

/** An app may write in an agent's name; the channel gets the same webhook as for the agent's own messages. */
function message(world: World, stored: StoredThread, input: MessageInput): Message {
  const { thread } = stored
  if (!isAgent(world, input.senderActorId)) throw invalid(`${input.senderActorId} is no agent of this portal`)
  if (input.channelId !== thread.originalChannelId || input.channelAccountId !== thread.originalChannelAccountId) {
    throw invalid('channelId and channelAccountId must be those of the thread')
  }
  const { senderActorId, text, richText, subject } = input
  const attachments = attached(world, input)
  return sendReply(world, stored, { senderActorId, author: appAuthor(world), text, richText, subject, attachments })
}

function attached(world: World, { attachments }: MessageInput | CommentInput): Attachment[] {
  return attachments.map((given) => attachFile(world, given))
}
