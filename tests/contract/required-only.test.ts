import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import {
  actor,
  associations,
  channel,
  channelAccount,
  contact,
  created,
  inbox,
  owner,
  page,
  publishedMessage,
  signedUrl,
  thread,
  tokenInfo,
  tokenReply,
} from '../../src/hubspot/schemas'
import { families, versionThree, type Family } from './families'
import { loadSpecs, specsFolder } from './openapi'
import { findOperation } from './operations'
import { requiredOnly } from './required-only'

const specs = loadSpecs()
if (specs === undefined) process.stdout.write(`Schemas not tested: no OpenAPI descriptions in ${specsFolder}\n`)

type Read = [what: string, schema: z.ZodMiniType, method: string, path: string, status: string]

/** Each schema of the client, with the answer that it reads. */
const readsOf = ({ channelList, channels, conversations, contacts, users, owners, files, oauth }: Family): Read[] => [
  ['channels', whole(channel), 'GET', channelList, '200'],
  ['a new channel', created, 'POST', channelList, '201'],
  ['channel accounts', whole(channelAccount), 'GET', `${channels}/1/channel-accounts`, '200'],
  ['a new channel account', created, 'POST', `${channels}/1/channel-accounts`, '201'],
  ['a published message', publishedMessage, 'POST', `${channels}/1/messages`, '201'],
  ['inboxes', whole(inbox), 'GET', `${conversations}/inboxes`, '200'],
  ['a thread', thread, 'GET', `${conversations}/threads/1`, '200'],
  ["a thread's ticket", associations, 'GET', `${conversations}/threads/1`, '200'],
  ['an actor', actor, 'GET', `${conversations}/actors/A-1`, '200'],
  ['a contact', contact, 'GET', `${contacts}/1`, '200'],
  ['found contacts', whole(contact), 'POST', `${contacts}/search`, '200'],
  ['users', whole(contact), 'GET', users, '200'],
  ['owners', whole(owner), 'GET', owners, '200'],
  ['an owner', owner, 'GET', `${owners}/1`, '200'],
  ['a new contact', created, 'POST', contacts, '201'],
  ['a new file', created, 'POST', files, '201'],
  ['a signed link', signedUrl, 'GET', `${files}/1/signed-url`, '200'],
  ['a token', tokenReply, 'POST', `${oauth}/token`, '200'],
  ['what a token is for', tokenInfo, 'POST', `${oauth}/token/introspect`, '200'],
]

/** A page of which nothing is left out. */
const whole = (entry: z.ZodMiniType) => page(entry).check(z.refine(({ dropped }) => dropped.length === 0))

/** What HubSpot answers there; undefined where its description does not say. */
function answersOf(method: string, path: string, status: string): fc.Arbitrary<unknown> | undefined {
  const operation = findOperation(specs?.operations ?? [], method, path)
  const described = operation?.responses.get(status)
  if (described === undefined) return undefined
  return requiredOnly(described, specs?.schemas.get(operation?.schemaId ?? '') ?? {})
}

const dated = families['2026-09'] ?? versionThree
const all = Object.entries({ v3: versionThree, dated }).flatMap(([name, family]) =>
  readsOf(family).map((read) => [name, ...read] as const),
)
const described = all.filter(([, , , method, path, status]) => answersOf(method, path, status) !== undefined)

describe.skipIf(specs === undefined)('an answer with the required fields of its description and no others', () => {
  it.each(described)('is read by its schema in %s: %s', (_family, _what, schema, method, path, status) => {
    const answers = answersOf(method, path, status) ?? fc.constant(undefined)
    const property = fc.property(answers, (answer) => {
      expect(schema.safeParse(answer).success).toBe(true)
    })
    fc.assert(property)
  })

  it('is described for all calls but one: the token of the dated family', () => {
    const undescribed = all.filter((read) => !described.includes(read))
    expect(undescribed.map(([family, what]) => [family, what])).toEqual([['dated', 'a token']])
  })

  it('is made of required fields only', () => {
    const channels = answersOf('GET', versionThree.channelList, '200') ?? fc.constant(undefined)
    const [first] = fc.sample(
      channels
        .map((answer) => z.object({ results: z.array(z.record(z.string(), z.unknown())) }).parse(answer).results)
        .filter((results) => results.length > 0),
      1,
    )
    expect(Object.keys(first?.[0] ?? {}).sort()).toEqual(['capabilities', 'createdAt', 'id', 'name'])
  })
})
