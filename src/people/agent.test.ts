import { expect, it } from 'vitest'
import { isAutomated, isPerson } from './agent'

it.each<[string, { isPerson: boolean; isAutomated: boolean }]>([
  ['A-1', { isPerson: true, isAutomated: false }],
  ['V-1', { isPerson: false, isAutomated: false }],
  ['L-1', { isPerson: false, isAutomated: true }],
  ['S-1', { isPerson: false, isAutomated: true }],
  ['LA-1', { isPerson: false, isAutomated: false }],
  ['L-A-1', { isPerson: false, isAutomated: true }],
  ['a-1', { isPerson: false, isAutomated: false }],
  ['unknown', { isPerson: false, isAutomated: false }],
])('an actor is a person or automated by the first letter of the id: %s', (actorId, expected) => {
  expect({ isPerson: isPerson(actorId), isAutomated: isAutomated(actorId) }).toEqual(expected)
})

it('no actor is no person', () => expect(isPerson(undefined)).toBe(false))
