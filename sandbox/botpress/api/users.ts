import { Hono } from 'hono'
import { definition } from '../definition'
import type { Store } from '../store'
import { assertTags } from '../store/tags'
import { bodies, readBody } from './body'
import { listPage, readQuery } from './listing'

const LIST = ['nextToken', 'tags', 'afterDate', 'beforeDate', 'rangeField', 'sortField', 'sortDirection']

export function userRoutes({ users }: Store): Hono {
  const routes = new Hono()
  routes.post('/users', async (c) => c.json({ user: users.create(await readBody(c, bodies.createUser)) }, 201))
  routes.post('/users/get-or-create', async (c) =>
    c.json({ user: users.getOrCreate(await readBody(c, bodies.getOrCreateUser)) }),
  )
  routes.get('/users', (c) => {
    const query = readQuery(c, LIST)
    assertTags(query.tags, definition.userTags, 'user')
    const [page, meta] = listPage(users.list(), query)
    return c.json({ users: page, meta })
  })
  routes.get('/users/:id', (c) => c.json({ user: users.get(c.req.param('id')) }))
  routes.put('/users/:id', async (c) =>
    c.json({ user: users.update(c.req.param('id'), await readBody(c, bodies.updateUser)) }),
  )
  routes.delete('/users/:id', (c) => {
    users.remove(c.req.param('id'))
    return c.json({})
  })
  return routes
}
