import { describe, expect, it } from 'vitest'
import type { Inbox } from '../hubspot/schemas'
import { chooseInboxes } from './connect-channel'

const sales: Inbox = { id: '1', name: 'Sales', type: 'INBOX' }
const help: Inbox = { id: '2', name: 'Help', type: 'HELP_DESK' }
const both = [sales, help]

describe('choosing inboxes', () => {
  it('takes the inboxes that are named, in the order of their names', () => {
    expect(chooseInboxes(both, { ids: ['2', '1'], from: 'form' })).toEqual([help, sales])
    expect(chooseInboxes(both, { ids: ['2'], from: 'list' })).toEqual([help])
  })

  it("takes the account's only inbox when none is named", () => {
    expect(chooseInboxes([help], { ids: [], from: 'form' })).toEqual([help])
  })

  it('does not guess between two inboxes', () => {
    expect(() => chooseInboxes(both, { ids: [], from: 'form' })).toThrow(
      'Available: 1 (inbox "Sales"), 2 (help desk "Help").',
    )
  })

  it('finds nothing to choose in an account without any', () => {
    const sentence = 'This HubSpot account has no inbox and no help desk. Create one in HubSpot first.'
    expect(() => chooseInboxes([], { ids: [], from: 'form' })).toThrow(sentence)
    expect(() => chooseInboxes([], { ids: ['1'], from: 'list' })).toThrow(sentence)
  })

  it.each([
    [['3'], 'form', 'with the ID 3 ("Inbox or Help Desk ID"). Available: 1 (inbox "Sales"), 2 (help desk "Help").'],
    [['1', '3'], 'form', 'with the ID 3 ("More Inbox or Help Desk IDs").'],
    [['3', '2', '4'], 'form', 'with the ID 3 ("Inbox or Help Desk ID") or 4 ("More Inbox or Help Desk IDs").'],
    [['3', '4'], 'list', 'no longer has the inbox or help desk 3, 4, which was chosen while authorizing.'],
  ] as const)('names every inbox that the account does not have: %j from the %s', (ids, from, sentence) => {
    expect(() => chooseInboxes(both, { ids, from })).toThrow(sentence)
  })
})
