import { Hono } from 'hono'
import * as z from 'zod'
import { changeTicket, findTicket } from '../behaviour/tickets'
import type { Ticket } from '../state/model'
import type { World } from '../state/world'
import { scope } from './auth'
import { readJson } from './body'
import { askedProperties, withProperties } from './crm-record'

const patchSchema = z.strictObject({ properties: z.record(z.string(), z.string()) })

/** The older scope `tickets` allows the same. */
export function tickets(world: World): Hono {
  const read = scope(world, 'crm.objects.tickets.read', 'tickets')
  const write = scope(world, 'crm.objects.tickets.write', 'tickets')
  return new Hono()
    .get('/:ticketId', read, (c) => c.json(shown(findTicket(world, c.req.param('ticketId')), askedProperties(c))))
    .patch('/:ticketId', write, async (c) => {
      const ticket = findTicket(world, c.req.param('ticketId'))
      const { properties } = await readJson(world, c, patchSchema)
      changeTicket(world, ticket, properties)
      return c.json(shown(ticket, Object.keys(properties)))
    })
}

const always = ['createdate', 'hs_lastmodifieddate', 'hs_object_id']
const byDefault = [...always, 'content', 'hs_pipeline', 'hs_pipeline_stage', 'hs_ticket_priority', 'subject']

const shown = (ticket: Ticket, asked: string[]): Ticket => withProperties(ticket, { asked, byDefault, always })
