import { describe, expect, it } from 'vitest'
import type { Inbox } from '../hubspot/schemas'
import { chooseInboxes } from './choose-inbox'

const sales: Inbox = { id: '1', name: 'Sales', type: 'INBOX' }
const help: Inbox = { id: '2', name: 'Help', type: 'HELP_DESK' }
const both = [sales, help]

describe('choosing inboxes', () => {
  it('takes those that are named, in the order in which they are named', () => {
    expect(chooseInboxes(both, { ids: ['2', '1'], from: 'form' })).toEqual([help, sales])
    expect(chooseInboxes(both, { ids: ['2'], from: 'list' })).toEqual([help])
  })

  it('takes the only one there is when none is named', () => {
    expect(chooseInboxes([help], { ids: [], from: 'form' })).toEqual([help])
  })

  it('refuses to guess between two', () => {
    expect(() => chooseInboxes(both, { ids: [], from: 'form' })).toThrow(
      'Found: 1 (inbox "Sales"), 2 (help desk "Help").',
    )
  })

  it.each([
    [['3'], 'form', '"Inbox or Help Desk ID" is not one of this HubSpot account.'],
    [['1', '3'], 'form', '"More Inbox or Help Desk IDs" names 3, which is not one of this HubSpot account.'],
    [['3'], 'list', 'The inbox or help desk 3, which was chosen while authorizing, is no longer there.'],
  ] as const)('names what it cannot find: %j from the %s', (ids, from, sentence) => {
    expect(() => chooseInboxes(both, { ids, from })).toThrow(sentence)
  })
})
