import { afterEach, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { MODES } from '../support/tolerated'
import { ALL_WELL, wholeSession } from '../support/whole-session'

let stack: Stack
afterEach(async () => stack.close())

it.each(MODES)('a whole session succeeds when HubSpot answers with %s', async (_name, switches) => {
  stack = await startStack({ isConnected: false })
  Object.assign(stack.hubspot.switches, switches)
  expect(await wholeSession(stack)).toEqual(ALL_WELL)
})
