import { readFileSync } from 'node:fs'
import { check } from '@bpinternal/verel'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definition } from './definition'
import { identifierIn } from './identifiers'

const ofBody = (body: unknown) => identifierIn({ body, headers: {}, query: '', path: '' })
/** A body comes as text; parsed, it yields the same. */
const ofJson = (value: unknown) => {
  const found = ofBody(JSON.stringify(value))
  if (typeof value !== 'string') expect(ofBody(value)).toBe(found)
  return found
}

describe('the extract script, as the engine of Botpress runs it,', () => {
  it('compiles without an error or a warning', () => {
    expect(check(readFileSync(definition.extractScript ?? '', 'utf8'))).toEqual({ errors: [], warnings: [] })
  })

  it.each([
    ['an event of the channel', { type: 'OUTGOING_CHANNEL_MESSAGE_CREATED', portalId: 243842089 }],
    ['an event of the channel, with the account as text', { portalId: '243842089' }],
    ['events of the app', [{ subscriptionType: 'conversation.deletion', portalId: 243842089 }]],
    ['events of several accounts, by the first one', [{ portalId: 243842089 }, { portalId: 243842777 }]],
    ['a field more than today', { portalId: 243842089, appId: 1, nested: { portalId: 2 } }],
  ])('finds the account in %s', (_what, body) => {
    expect(ofJson(body)).toBe('243842089')
  })

  it.each([
    ['no events', []],
    ['an event without account', { type: 'OUTGOING_CHANNEL_MESSAGE_CREATED' }],
    ['a first event without account', [{ appId: 1 }, { portalId: 243842089 }]],
    ['an empty account', { portalId: null }],
    ['an empty text', { portalId: '' }],
    ['an account in an account', { portalId: { portalId: 1 } }],
    ['a list of accounts', { portalId: [243842089] }],
    ['a fraction', { portalId: 2.5 }],
    ['a negative number', { portalId: -1 }],
    ['a truth', { portalId: true }],
    ['an identifier of an app of its own', { portalId: '243842089-01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    ['two lines', { portalId: '243842089\n2' }],
    ['a list in a list', [[{ portalId: 1 }]]],
    ['nothing', null],
    ['a number', 7],
    ['a text', 'portalId'],
  ])('finds none in %s', (_what, body) => {
    expect(ofJson(body)).toBeUndefined()
  })

  it.each(['', 'portalId=1', '{"portalId":', '['.repeat(10_000), '\u0000', '<xml/>'])('finds none in %j', (text) => {
    expect(ofBody(text)).toBeUndefined()
  })

  it('never fails, and yields digits or nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.object().map((each) => JSON.stringify({ portalId: each })),
        ),
        (text) => {
          expect(ofBody(text) ?? '0').toMatch(/^\d{1,20}$/)
        },
      ),
    )
  })
})
