import { Hono } from 'hono'
import { notFound } from '../problem'
import type { World } from '../state/world'
import { scope } from './auth'
import { flag, page } from './paging'

export function inboxes(world: World): Hono {
  const read = scope(world, 'conversations.read')
  return new Hono()
    .get('/inboxes', read, (c) => {
      const wanted = world.inboxes.filter(({ archived }) => archived === flag(c, 'archived'))
      return c.json({ total: wanted.length, ...page(c, wanted, { byDefault: 100, max: 500 }) })
    })
    .get('/inboxes/:inboxId', read, (c) => {
      const id = c.req.param('inboxId')
      const inbox = world.inboxes.find((candidate) => candidate.id === id && candidate.archived === flag(c, 'archived'))
      if (inbox === undefined) throw notFound('Inbox', id)
      return c.json(inbox)
    })
}
