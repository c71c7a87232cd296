import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { appAuthor } from '../behaviour/author'
import { assign, findThread } from '../behaviour/threads'
import { invalid } from '../problem'
import type { World } from '../state/world'
import { scope } from './auth'
import { readJson } from './body'

const assignSchema = z.strictObject({ actorId: z.string().min(1) })

/** The description has PUT, the guide POST with an agent's e-mail address: both are served. */
export function assignee(world: World): Hono {
  const write = scope(world, 'conversations.write')
  const path = '/threads/:threadId/assignee'
  const assignTo = async (c: Context<object, typeof path>) => {
    const stored = findThread(world, c.req.param('threadId'))
    const { actorId: wanted } = await readJson(world, c, assignSchema)
    const takesEmail = c.req.method === 'POST'
    const agent = world.options.agents.find(
      ({ actorId, email }) => actorId === wanted || (takesEmail && email === wanted),
    )
    if (agent === undefined || world.switches.refuseAssignment) throw invalid(`${wanted} is no agent of this portal`)
    assign(world, stored, agent.actorId, appAuthor(world))
    return c.json(stored.thread)
  }
  return new Hono()
    .put(path, write, assignTo)
    .post(path, write, assignTo)
    .delete(path, write, (c) => {
      assign(world, findThread(world, c.req.param('threadId')), undefined, appAuthor(world))
      return c.body(null, 204)
    })
}
