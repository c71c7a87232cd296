import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { appAuthor } from '../behaviour/author'
import { archive, findThread, restore, setStatus } from '../behaviour/threads'
import { ticketOf } from '../behaviour/tickets'
import { invalid } from '../problem'
import type { Thread } from '../state/model'
import type { World } from '../state/world'
import { scope } from './auth'
import { readJson } from './body'
import { flag, page } from './paging'

const patchSchema = z.strictObject({
  status: z.enum(['OPEN', 'CLOSED']).optional(),
  archived: z.boolean().optional(),
})

export function threads(world: World): Hono {
  const read = scope(world, 'conversations.read')
  const write = scope(world, 'conversations.write')
  return new Hono()
    .get('/threads', read, (c) => c.json(page(c, listed(world, c), { byDefault: 100, max: 500 })))
    .get('/threads/:threadId', read, (c) => {
      const stored = findThread(world, c.req.param('threadId'), flag(c, 'archived'))
      const association = c.req.query('association')
      if (association === undefined) return c.json(stored.thread)
      if (association !== 'TICKET') throw invalid(`${association} is no association of threads`)
      const associatedTicketId = ticketOf(world, stored)
      return c.json({ ...stored.thread, threadAssociations: { ...(associatedTicketId && { associatedTicketId }) } })
    })
    .patch('/threads/:threadId', write, async (c) => {
      const stored = findThread(world, c.req.param('threadId'), flag(c, 'archived'))
      const { status, archived } = await readJson(world, c, patchSchema)
      if (archived === true) throw invalid('A thread is archived with DELETE')
      if (archived === false && stored.thread.archived) restore(world, stored, appAuthor(world))
      if (status !== undefined) setStatus(world, stored, status, appAuthor(world))
      return c.json(stored.thread)
    })
    .delete('/threads/:threadId', write, (c) => {
      archive(world, findThread(world, c.req.param('threadId')), appAuthor(world))
      return c.body(null, 204)
    })
}

function listed(world: World, c: Context): Thread[] {
  const archived = flag(c, 'archived')
  const { inboxId, threadStatus, associatedContactId, latestMessageTimestampAfter: after, sort } = c.req.query()
  if (sort !== undefined && sort !== 'id' && sort !== 'latestMessageTimestamp') throw invalid(`Cannot sort by ${sort}`)
  if (sort === 'latestMessageTimestamp' && after === undefined) {
    throw invalid('Sorting by latestMessageTimestamp requires latestMessageTimestampAfter')
  }
  const matching = [...world.threads.values()]
    .map(({ thread }) => thread)
    .filter(
      (thread) =>
        thread.archived === archived &&
        (inboxId === undefined || thread.inboxId === inboxId) &&
        (threadStatus === undefined || thread.status === threadStatus) &&
        (associatedContactId === undefined || thread.associatedContactId === associatedContactId) &&
        (after === undefined || (thread.latestMessageTimestamp ?? '') > after),
    )
  if (sort !== 'latestMessageTimestamp') return matching
  return [...matching].sort((a, b) => (a.latestMessageTimestamp ?? '').localeCompare(b.latestMessageTimestamp ?? ''))
}
