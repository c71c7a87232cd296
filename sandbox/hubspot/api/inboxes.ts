import { Hono, type Context } from 'hono'
import { notFound } from '../problem'
import { portalOf, type World } from '../state/world'
import { callersPortal, scope } from './auth'
import { flag, page } from './paging'

export function inboxes(world: World): Hono {
  const read = scope(world, 'conversations.read')
  const wanted = (c: Context) =>
    world.inboxes.filter(
      ({ id, archived }) => archived === flag(c, 'archived') && portalOf(world, id) === callersPortal(world, c),
    )
  return new Hono()
    .get('/inboxes', read, (c) => {
      const found = wanted(c)
      return c.json({ total: found.length, ...page(c, found, { byDefault: 100, max: 500 }) })
    })
    .get('/inboxes/:inboxId', read, (c) => {
      const id = c.req.param('inboxId')
      const inbox = wanted(c).find((candidate) => candidate.id === id)
      if (inbox === undefined) throw notFound('Inbox', id)
      return c.json(inbox)
    })
}
