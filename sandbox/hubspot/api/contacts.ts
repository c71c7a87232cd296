import { Hono } from 'hono'
import * as z from 'zod'
import { changeContact, contactByEmail, createContact } from '../behaviour/contacts'
import { invalid, notFound } from '../problem'
import type { Contact } from '../state/model'
import type { World } from '../state/world'
import { scope } from './auth'
import { readJson } from './body'
import { askedProperties, withProperties } from './crm-record'
import { searchContacts, searchSchema } from './contact-search'

const properties = z.record(z.string(), z.string())

/** The description requires `associations` of a new contact; none can be made here. */
const createSchema = z.strictObject({ properties, associations: z.array(z.never()) })
const patchSchema = z.strictObject({ properties })

export function contacts(world: World): Hono {
  const read = scope(world, 'crm.objects.contacts.read')
  const write = scope(world, 'crm.objects.contacts.write')
  return new Hono()
    .post('/', write, async (c) => {
      const input = await readJson(world, c, createSchema, () => ({ associations: [] }))
      const created = createContact(world, input.properties)
      return c.json(shown(created, Object.keys(created.properties)), 201)
    })
    .post('/search', read, async (c) => {
      const request = await readJson(world, c, searchSchema, () => ({
        after: '0',
        limit: 10,
        properties: [],
        sorts: [],
      }))
      const { results, ...rest } = searchContacts(world, request)
      return c.json({ ...rest, results: results.map((contact) => shown(contact, request.properties)) })
    })
    .get('/:contactId', read, (c) => {
      const id = resolve(world, c.req.param('contactId'), c.req.query('idProperty'))
      const stored = world.contacts.get(id)
      if (stored === undefined) throw notFound('Contact', id)
      return c.json(shown(stored.contact, askedProperties(c)))
    })
    .patch('/:contactId', write, async (c) => {
      const id = resolve(world, c.req.param('contactId'), c.req.query('idProperty'))
      const { properties: given } = await readJson(world, c, patchSchema)
      const changed = changeContact(world, id, given)
      if (changed === undefined) throw notFound('Contact', id)
      return c.json(shown(changed, Object.keys(given)))
    })
}

function resolve(world: World, id: string, idProperty: string | undefined): string {
  if (idProperty === undefined) return id
  if (idProperty !== 'email') throw invalid(`${idProperty} is no unique property of contacts`)
  const found = contactByEmail(world, id)
  const isPrimary = world.contacts.get(found ?? '')?.contact.properties['email'] === id.trim().toLowerCase()
  return found !== undefined && (isPrimary || world.switches.readsMoreEmails) ? found : id
}

const always = ['createdate', 'hs_object_id', 'lastmodifieddate']
const byDefault = [...always, 'email', 'firstname', 'lastname']

const shown = (contact: Contact, asked: string[]): Contact => withProperties(contact, { asked, byDefault, always })
