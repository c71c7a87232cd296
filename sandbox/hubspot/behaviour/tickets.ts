import { invalid, notFound, type ErrorDetail } from '../problem'
import type { Ticket } from '../state/model'
import { isoNow, type StoredThread, type World } from '../state/world'

const PRIORITIES = new Set(['LOW', 'MEDIUM', 'HIGH', 'URGENT'])
const WRITABLE = ['subject', 'content', 'hs_ticket_priority', 'hs_pipeline', 'hs_pipeline_stage', 'hubspot_owner_id']
const READ_ONLY = new Set(['createdate', 'hs_lastmodifieddate', 'hs_object_id'])

/** A help desk makes a ticket of each conversation, in the first stage of the first pipeline. */
export function addTicket(world: World, customerName: string | undefined): Ticket {
  const id = world.ids.next('ticket')
  const now = isoNow(world)
  const [pipeline] = world.options.pipelines
  const properties = {
    hs_object_id: id,
    createdate: now,
    hs_lastmodifieddate: now,
    subject: `Conversation with ${customerName ?? 'a visitor'}`,
    content: null,
    hs_ticket_priority: null,
    hs_pipeline: pipeline?.id ?? null,
    hs_pipeline_stage: pipeline?.stages[0]?.id ?? null,
    hubspot_owner_id: null,
  }
  const ticket: Ticket = { id, properties, createdAt: now, updatedAt: now, archived: false }
  world.tickets.set(id, ticket)
  return ticket
}

/** What the API shows of the thread's ticket, which can appear later than the thread. */
export function ticketOf(world: World, { ticketId, thread }: StoredThread): string | undefined {
  const { ticketAfterMs } = world.switches
  const isShown = ticketAfterMs !== undefined && Date.parse(thread.createdAt) + ticketAfterMs <= world.options.now()
  return isShown ? ticketId : undefined
}

export function findTicket(world: World, id: string): Ticket {
  const ticket = world.tickets.get(id)
  if (ticket === undefined) throw notFound('Ticket', id)
  return ticket
}

/** All of it or, if one property is refused, nothing. */
export function changeTicket(world: World, ticket: Ticket, given: Record<string, string>): void {
  const wanted = { ...ticket.properties, ...given }
  const problems = Object.entries(given).flatMap(([name, value]) => problemWith(world, wanted, { name, value }))
  if (problems.length > 0) throw invalid('Property values were not valid', problems)
  ticket.properties = { ...wanted, hs_lastmodifieddate: isoNow(world) }
  ticket.updatedAt = isoNow(world)
}

type Property = { name: string; value: string }

function problemWith(world: World, wanted: Ticket['properties'], { name, value }: Property): ErrorDetail[] {
  const problem = (code: string, message: string) => [{ message, code, context: { propertyName: [name] } }]
  if (READ_ONLY.has(name)) return problem('READ_ONLY_VALUE', `"${name}" is a read only property`)
  if (![...WRITABLE, ...world.options.ownTicketProperties].includes(name)) {
    return problem('PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`)
  }
  if (isOption(world, wanted, { name, value })) return []
  return problem('INVALID_OPTION', `${value} was not one of the allowed options of "${name}"`)
}

/** A stage must belong to the pipeline that the ticket has then. */
function isOption({ options, users }: World, wanted: Ticket['properties'], { name, value }: Property): boolean {
  const pipeline = options.pipelines.find(({ id }) => id === wanted['hs_pipeline'])
  switch (name) {
    case 'hs_ticket_priority':
      return PRIORITIES.has(value)
    case 'hs_pipeline':
      return pipeline !== undefined
    case 'hs_pipeline_stage':
      return pipeline?.stages.some(({ id }) => id === value) ?? false
    case 'hubspot_owner_id':
      return [...users.values()].some(({ ownerId }) => ownerId === value)
    default:
      return true
  }
}
