import { Hono } from 'hono'
import { invalid, notFound } from '../problem'
import type { User } from '../state/model'
import type { World } from '../state/world'
import { scope } from './auth'
import { page } from './paging'

/** Every user is an owner, under an ID of its own. */
export function owners(world: World): Hono {
  const read = scope(world, 'crm.objects.owners.read')
  return new Hono()
    .get('/', read, (c) => {
      const email = c.req.query('email')
      const matching = [...world.users.values()].filter(
        ({ record }) => email === undefined || record.properties['hs_email'] === email,
      )
      const { results, ...rest } = page(c, matching, { byDefault: 100, max: 500 })
      return c.json({ results: results.map(toOwner), ...rest })
    })
    .get('/:ownerId', read, (c) => {
      const id = c.req.param('ownerId')
      if (!/^\d+$/.test(id)) throw invalid(`${id} is no owner ID`)
      const owner = [...world.users.values()].find(({ ownerId }) => ownerId === id)
      if (owner === undefined) throw notFound('Owner', id)
      return c.json(toOwner(owner))
    })
}

const toOwner = ({ record: { properties, createdAt, updatedAt, archived }, actorId, ownerId }: User) => ({
  id: ownerId,
  type: 'PERSON',
  email: properties['hs_email'],
  firstName: properties['hs_given_name'],
  lastName: properties['hs_family_name'],
  userId: Number(actorId.slice(2)),
  userIdIncludingInactive: Number(actorId.slice(2)),
  createdAt,
  updatedAt,
  archived,
})
