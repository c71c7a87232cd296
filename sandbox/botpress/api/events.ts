import { Hono } from 'hono'
import type { Pending } from '../pending'
import type { Store } from '../store'
import type { BotEvent } from '../types'
import { bodies, readBody } from './body'
import { listPage, readQuery } from './listing'
import { delayOf } from './schedule'

const FILTERS = ['type', 'conversationId', 'userId', 'messageId', 'status'] as const

/** Tells whether the bot did something with the event. */
export type EventDelivery = (event: BotEvent) => Promise<boolean>

export function eventRoutes(store: Store, pending: Pending, deliver: EventDelivery): Hono {
  const routes = new Hono()
  routes.post('/events', async (c) => {
    const { schedule, ...body } = await readBody(c, bodies.createEvent)
    if (body.conversationId !== undefined) store.conversations.referenced(body.conversationId)
    if (body.userId !== undefined) store.users.referenced(body.userId)
    if (body.messageId !== undefined) store.messages.referenced(body.messageId)
    const delay = delayOf(schedule)
    const event = store.events.create({ ...body, isScheduled: schedule !== undefined })
    pending.inBackground(() => process(store, event, deliver), delay)
    return c.json({ event }, 201)
  })
  routes.get('/events', (c) => {
    const query = readQuery(c, ['nextToken', ...FILTERS])
    const wanted = store.events
      .list()
      .filter((event) => FILTERS.every((name) => (query.params[name] ?? event[name]) === event[name]))
    const [page, meta] = listPage(wanted, query)
    return c.json({ events: page, meta })
  })
  routes.get('/events/:id', (c) => c.json({ event: store.events.get(c.req.param('id')) }))
  return routes
}

async function process({ events }: Store, event: BotEvent, deliver: EventDelivery): Promise<void> {
  try {
    events.finish(event.id, (await deliver(event)) ? 'processed' : 'ignored')
  } catch (error) {
    events.finish(event.id, 'failed', error instanceof Error ? error.message : String(error))
  }
}
