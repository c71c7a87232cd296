import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardOf } from './card'

const AS_IS = { redactCardNumbers: false }
const ownFieldsOf = (hitlSession: unknown) => {
  const { title, description, ...own } = cardOf({ hitlSession }, AS_IS)
  expect([title, description]).toEqual(['', ''])
  return own
}

const EMPTY = {
  customer: '',
  contactId: '',
  inboxId: '',
  agent: '',
  priority: '',
  ticketProperties: [],
  details: [],
}

describe("the card's own fields", () => {
  it.each([
    undefined,
    null,
    '',
    {},
    [],
    { agent: '', details: '' },
    { agent: null, details: null, ticketProperties: null },
    { agent: {}, details: {}, priority: [] },
    { details: [null, 7, 'Order'], ticketProperties: 'hs_pipeline' },
  ])('are empty: %j', (given) => {
    expect(ownFieldsOf(given)).toEqual(EMPTY)
  })

  it('are text without spaces around it, whatever a variable contains', () => {
    const details = [{ name: ' Order ', value: 1042 }, { name: 'Is a gift', value: true }, { name: 'Note' }]
    expect(ownFieldsOf({ agent: ' owner\n', contactId: 12345678, details, unknown: 'ignored' })).toEqual({
      ...EMPTY,
      agent: 'owner',
      contactId: '12345678',
      details: [
        { name: 'Order', value: '1042' },
        { name: 'Is a gift', value: 'true' },
        { name: 'Note', value: '' },
      ],
    })
  })

  it('lose payment card numbers if the owner wants that', () => {
    const details = [{ name: 'Paid with', value: '4111 1111 1111 1111' }]
    const given = {
      title: '4111111111111111',
      description: 'Is 4111-1111-1111-1111 charged?',
      hitlSession: { details },
    }
    const card = cardOf(given, { redactCardNumbers: true })
    expect(JSON.stringify([card.title, card.description, card.details])).not.toMatch(/4111/)
  })

  it('are read whatever the plugin passes on', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        expect(Object.keys(ownFieldsOf(given))).toEqual(Object.keys(EMPTY))
      }),
    )
  })
})
