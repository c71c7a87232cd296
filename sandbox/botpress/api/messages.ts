import { Hono } from 'hono'
import { tagsOfAnyChannel } from '../definition'
import type { Pending } from '../pending'
import type { Store } from '../store'
import type { NewMessage } from '../store/messages'
import { assertTags } from '../store/tags'
import type { Message } from '../types'
import { bodies, readBody } from './body'
import { listPage, readQuery } from './listing'
import { delayOf } from './schedule'

const LIST = ['nextToken', 'conversationId', 'tags', 'afterDate', 'beforeDate']

export type MessageDelivery = (message: Message) => Promise<void>

/** What an integration writes comes from outside, so it is incoming, and the bot gets it a moment later. */
export function messageRoutes(store: Store, pending: Pending, deliver: MessageDelivery): Hono {
  const { messages, conversations } = store
  const routes = new Hono()
  routes.post('/messages', async (c) => {
    const body = await readBody(c, bodies.createMessage)
    const delay = delayOf(body.schedule)
    const message = messages.create(whole(store, body))
    pending.inBackground(() => deliver(message), delay)
    return c.json({ message }, 201)
  })
  routes.post('/messages/get-or-create', async (c) => {
    const body = await readBody(c, bodies.getOrCreateMessage)
    const delay = delayOf(body.schedule)
    const { message, isNew } = messages.getOrCreate(whole(store, body))
    if (isNew) pending.inBackground(() => deliver(message), delay)
    return c.json({ message })
  })
  routes.get('/messages', (c) => {
    const query = readQuery(c, LIST)
    assertTags(query.tags, tagsOfAnyChannel('messageTags'), 'message')
    const { conversationId } = query.params
    const wanted = messages.list().filter((each) => (conversationId ?? each.conversationId) === each.conversationId)
    const [page, meta] = listPage(wanted, query)
    return c.json({ messages: page, meta })
  })
  routes.get('/messages/:id', (c) => c.json({ message: messages.get(c.req.param('id')) }))
  routes.put('/messages/:id', async (c) => {
    const change = await readBody(c, bodies.updateMessage)
    const { channel } = conversations.get(messages.get(c.req.param('id')).conversationId)
    return c.json({ message: messages.update(c.req.param('id'), channel, change) })
  })
  routes.delete('/messages/:id', (c) => {
    messages.remove(c.req.param('id'))
    return c.json({})
  })
  return routes
}

function whole({ users, conversations }: Store, body: Omit<NewMessage, 'channel' | 'direction'>): NewMessage {
  users.referenced(body.userId)
  const { channel } = conversations.referenced(body.conversationId)
  return { ...body, channel, direction: 'incoming' }
}
