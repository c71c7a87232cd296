import { describe, expect, it } from 'vitest'
import type { CallView } from '../view'
import { groupsOf, type Caused } from './groups'

let lastId = 0

type Known = Pick<Caused, 'cause' | 'ids'> & Pick<CallView, 'from' | 'to' | 'durationMs'>

function call(at: number, what: string, more: Partial<Known> = {}): Caused {
  lastId += 1
  const { cause, ids = new Set(), from = 'Integration', to = 'HubSpot', durationMs = 10 } = more
  const shown: CallView = { id: lastId, at, from, to, what, call: what, outcome: '200', tone: 'good', durationMs }
  return { call: shown, cause, ids }
}

const wrote = (at: number, durationMs: number, ...ids: string[]) =>
  call(at, 'Pass on', { from: 'Botpress', durationMs, cause: { cause: 'Customer wrote' }, ids: new Set(ids) })

const shown = (...calls: Caused[]) =>
  groupsOf(calls).map(({ cause, durationMs, calls: own }) => [cause, durationMs, ...own.map(({ what }) => what)])

describe('the groups of calls', () => {
  it('begin with what caused them', () => {
    expect(shown(wrote(0, 30), call(5, 'Publish'), wrote(100, 30), call(105, 'Publish'))).toEqual([
      ['Customer wrote', 30, 'Pass on', 'Publish'],
      ['Customer wrote', 30, 'Pass on', 'Publish'],
    ])
  })

  it('take, of several causes at once, the one with the most ids in common', () => {
    const ada = wrote(0, 50, 'conv_ada')
    const ben = wrote(1, 50, 'conv_ben')
    const calls = [
      ada,
      ben,
      call(5, 'For Ada', { ids: new Set(['conv_ada']) }),
      call(6, 'For Ben', { ids: new Set(['conv_ben']) }),
    ]
    expect(shown(...calls)).toEqual([
      ['Customer wrote', 50, 'Pass on', 'For Ada'],
      ['Customer wrote', 50, 'Pass on', 'For Ben'],
    ])
  })

  it('include what HubSpot reports afterwards, but not in how long it took', () => {
    const echo = call(35, 'New message', { from: 'HubSpot', to: 'Botpress', durationMs: 200 })
    expect(shown(wrote(0, 30), call(5, 'Publish'), echo)).toEqual([
      ['Customer wrote', 30, 'Pass on', 'Publish', 'New message'],
    ])
  })

  it('are one for repetitions of one event, however late, and for the two actions of an escalation', () => {
    const replied = (at: number, event: string) =>
      call(at, 'Message', { from: 'HubSpot', cause: { cause: 'Agent replied', event } })
    expect(shown(replied(0, 'a'), replied(20, 'b'), replied(9_000, 'a'))).toHaveLength(2)
    const asked = (at: number, what: string) =>
      call(at, what, { from: 'Botpress', cause: { cause: 'Bot asked for a person' } })
    expect(shown(asked(0, 'Create'), asked(40, 'Open'), asked(60, 'Create'), asked(90, 'Open'))).toEqual([
      ['Bot asked for a person', 10, 'Create', 'Open'],
      ['Bot asked for a person', 10, 'Create', 'Open'],
    ])
  })

  it('name the start where the cause is not known', () => {
    expect(shown(call(0, 'Read a state'))).toEqual([['At the start', 10, 'Read a state']])
  })
})
