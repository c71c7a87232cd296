import { Hono } from 'hono'
import { notFound } from '../problem'
import type { CrmRecord } from '../state/model'
import type { World } from '../state/world'
import { scope } from './auth'
import { askedProperties, withProperties } from './crm-record'
import { page } from './paging'

/** All people with a seat in the account, whether they answer customers or not. Ten a page, unless asked for more. */
export function users(world: World): Hono {
  const read = scope(world, 'crm.objects.users.read')
  return new Hono()
    .get('/', read, (c) => {
      const { results, ...rest } = page(c, [...world.users.values()], { byDefault: 10, max: 100 })
      const asked = askedProperties(c)
      return c.json({ results: results.map(({ record }) => shown(record, asked)), ...rest })
    })
    .get('/:id', read, (c) => {
      const user = world.users.get(c.req.param('id'))
      if (user === undefined) throw notFound('User', c.req.param('id'))
      return c.json(shown(user.record, askedProperties(c)))
    })
}

const always = ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id']

const shown = (record: CrmRecord, asked: string[]): CrmRecord =>
  withProperties(record, { asked, byDefault: always, always })
