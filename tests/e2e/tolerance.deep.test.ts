import { afterEach, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { changed } from '../support/faults'
import { MODES, TOLERATED } from '../support/tolerated'
import { ALL_WELL, wholeSession } from '../support/whole-session'

let stack: Stack
afterEach(async () => stack.close())

it.each(TOLERATED)('a whole session succeeds when HubSpot answers with %s', async (_name, target, change) => {
  stack = await startStack({ isConnected: false })
  stack.hubspot.faults = changed(target, change)
  expect(await wholeSession(stack)).toEqual(ALL_WELL)
})

it.each(MODES)(
  'a whole session of the dated API family succeeds when HubSpot answers with %s',
  async (_name, switches) => {
    stack = await startStack({ isConnected: false, apiFamily: 'dated' })
    Object.assign(stack.hubspot.switches, switches)
    expect(await wholeSession(stack)).toEqual(ALL_WELL)
  },
)
