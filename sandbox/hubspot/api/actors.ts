import { Hono } from 'hono'
import * as z from 'zod'
import { notFound } from '../problem'
import { isoNow, type World } from '../state/world'
import { scope } from './auth'
import { readJson } from './body'

const batchSchema = z.strictObject({ inputs: z.array(z.string()).min(1).max(100) })

type Actor = { id: string; type: string; name?: string; email?: string; avatar?: string }

export function actors(world: World): Hono {
  const read = scope(world, 'conversations.read')
  return new Hono()
    .get('/actors/:actorId', read, (c) => {
      const id = c.req.param('actorId')
      const actor = actorOf(world, id)
      if (actor === undefined) throw notFound('Actor', id)
      return c.json(actor)
    })
    .post('/actors/batch/read', read, async (c) => {
      const startedAt = isoNow(world)
      const { inputs } = await readJson(world, c, batchSchema)
      const results = inputs.map((id) => actorOf(world, id)).filter((actor) => actor !== undefined)
      const batch = { status: 'COMPLETE', results, startedAt, completedAt: isoNow(world) }
      const missing = inputs.filter((id) => !results.some((actor) => actor.id === id))
      if (missing.length === 0) return c.json(batch)
      const error = {
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        message: 'Could not get some actors, they may be deleted or not exist.',
        context: { ids: missing },
        errors: [],
        links: {},
      }
      return c.json({ ...batch, numErrors: 1, errors: [error] }, 207)
    })
}

function actorOf(world: World, id: string): Actor | undefined {
  if (id === `I-${world.options.app.appId}`) return { id, type: 'INTEGRATOR', name: 'The app' }
  if (id === 'S-hubspot') return { id, type: 'SYSTEM' }
  if (id.startsWith('L-')) return { id, type: 'LLM', name: 'Customer agent' }
  if (id.startsWith('B-')) return { id, type: 'BOT', name: 'Chatflow' }
  if (id.startsWith('V-')) return visitorOf(world, id)
  const agent = world.options.agents.find(({ actorId }) => actorId === id)
  return agent && { id, type: 'AGENT', name: agent.name, email: agent.email, avatar: agent.avatar }
}

function visitorOf(world: World, id: string): Actor | undefined {
  const stored = world.contacts.get(id.slice(2))
  if (stored !== undefined) {
    const { firstname, lastname, email } = stored.contact.properties
    const name = [firstname, lastname].filter(Boolean).join(' ')
    return { id, type: 'VISITOR', ...(name && { name }), ...(email && { email }) }
  }
  const visitor = [...world.visitors.values()].find(({ actorId }) => actorId === id)
  if (visitor === undefined) return undefined
  return {
    id,
    type: 'VISITOR',
    ...(visitor.name && { name: visitor.name }),
    ...(visitor.email && { email: visitor.email }),
  }
}
