import * as z from 'zod'
import { knownProperties } from '../behaviour/contacts'
import { invalid } from '../problem'
import type { Contact } from '../state/model'
import type { World } from '../state/world'
import { slice } from './paging'

const filterSchema = z.strictObject({
  propertyName: z.string(),
  operator: z.enum(['EQ', 'NEQ', 'IN', 'NOT_IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY', 'CONTAINS_TOKEN']),
  value: z.string().optional(),
  values: z.array(z.string()).optional(),
  highValue: z.string().optional(),
})

const MAX_GROUPS = 5
const MAX_FILTERS = 6
const MAX_FILTERS_IN_ALL = 18

export const searchSchema = z.strictObject({
  filterGroups: z.array(z.strictObject({ filters: z.array(filterSchema).max(MAX_FILTERS) })).max(MAX_GROUPS),
  query: z.string().max(3000).optional(),
  properties: z.array(z.string()),
  sorts: z.array(z.string()).max(1),
  limit: z.int().min(1).max(200),
  after: z.string().regex(/^\d*$/),
})

type SearchRequest = z.infer<typeof searchSchema>
type Filter = z.infer<typeof filterSchema>

/** Between groups or, inside a group and. A contact changed a moment ago may not be in the index yet. */
export function searchContacts(world: World, request: SearchRequest) {
  const filters = request.filterGroups.flatMap((group) => group.filters)
  if (filters.length > MAX_FILTERS_IN_ALL) throw invalid(`At most ${MAX_FILTERS_IN_ALL} filters are allowed in all`)
  for (const filter of filters) assertComplete(filter)
  const indexedUntil = world.options.now() - world.switches.searchLagMs
  const found = [...world.contacts.values()]
    .filter(({ changedAtMs }) => changedAtMs <= indexedUntil)
    .map(({ contact }) => contact)
    .filter((contact) => matchesQuery(contact, request.query))
    .filter(
      (contact) =>
        request.filterGroups.length === 0 ||
        request.filterGroups.some((group) => group.filters.every((filter) => matches(contact, filter))),
    )
  return { total: found.length, ...slice(sorted(found, request.sorts[0]), Number(request.after), request.limit) }
}

function assertComplete({ propertyName, operator, value, values }: Filter): void {
  if (!knownProperties.has(propertyName)) throw invalid(`Property "${propertyName}" does not exist`)
  const complete =
    operator === 'IN' || operator === 'NOT_IN'
      ? values !== undefined && values.length > 0
      : operator.endsWith('HAS_PROPERTY') || (value !== undefined && value !== '')
  if (!complete) throw invalid(`The filter on ${propertyName} lacks what ${operator} compares with`)
}

function matches({ properties }: Contact, { propertyName, operator, value = '', values = [] }: Filter): boolean {
  const own = (properties[propertyName] ?? '').toLowerCase()
  switch (operator) {
    case 'EQ':
      return own === value.toLowerCase()
    case 'NEQ':
      return own !== value.toLowerCase()
    case 'IN':
      return values.some((candidate) => candidate.toLowerCase() === own)
    case 'NOT_IN':
      return values.every((candidate) => candidate.toLowerCase() !== own)
    case 'HAS_PROPERTY':
      return own !== ''
    case 'NOT_HAS_PROPERTY':
      return own === ''
    case 'CONTAINS_TOKEN':
      return containsToken(own, value.toLowerCase())
  }
}

/** `*` matches any characters; otherwise a whole token has to match. */
function containsToken(own: string, pattern: string): boolean {
  const wanted = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('.*')
  return own.split(/[\s;]+/).some((token) => token !== '' && new RegExp(`^${wanted}$`).test(token))
}

const queried = ['firstname', 'lastname', 'email', 'phone', 'hs_additional_emails', 'fax', 'mobilephone', 'company']

function matchesQuery({ properties }: Contact, query: string | undefined): boolean {
  if (query === undefined || query === '') return true
  return queried.some((name) => properties[name]?.toLowerCase().includes(query.toLowerCase()))
}

function sorted(contacts: Contact[], rule: string | undefined): Contact[] {
  if (rule === undefined) return contacts
  const name = rule.replace(/^-/, '')
  const direction = rule.startsWith('-') ? -1 : 1
  return [...contacts].sort((a, b) => direction * (a.properties[name] ?? '').localeCompare(b.properties[name] ?? ''))
}
