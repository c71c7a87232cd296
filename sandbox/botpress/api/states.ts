import { Hono, type Context } from 'hono'
import type { Store } from '../store'
import type { StateKey } from '../store/states'
import { bodies, readBody } from './body'

const PATH = '/states/:type/:id/:name'

export function stateRoutes({ states }: Store): Hono {
  const routes = new Hono()
  routes.get(PATH, (c) => c.json({ state: states.get(keyOf(c)), meta: { cached: false } }))
  routes.post(PATH, async (c) => {
    const { payload, expiry } = await readBody(c, bodies.setState)
    return c.json({ state: states.set(keyOf(c), payload, expiry) })
  })
  routes.post(`${PATH}/get-or-set`, async (c) => {
    const { payload, expiry } = await readBody(c, bodies.getOrSetState)
    const key = keyOf(c)
    return c.json({ state: states.find(key) ?? states.set(key, payload, expiry), meta: { cached: false } })
  })
  routes.patch(PATH, async (c) => {
    const { payload } = await readBody(c, bodies.patchState)
    const key = keyOf(c)
    return c.json({ state: states.set(key, { ...states.get(key).payload, ...payload }) })
  })
  return routes
}

function keyOf(c: Context): StateKey {
  return { type: c.req.param('type') ?? '', id: c.req.param('id') ?? '', name: c.req.param('name') ?? '' }
}
