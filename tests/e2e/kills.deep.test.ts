import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Stack } from '../../sandbox/stack'
import { killInEach, startKillableStack, STEPS } from '../support/kills'

let stack: Stack
beforeAll(async () => {
  stack = await startKillableStack()
  await stack.botpress.register()
})
afterAll(async () => stack.close())

it.each(Object.entries(STEPS))(
  'the process is killed after each call of the %s, and the platforms deliver again: nothing is lost or doubled',
  async (name, step) => {
    const kills = await killInEach(stack, name, step)
    expect(kills).toBeGreaterThan(0)
    expect(kills).toBeLessThan(20)
  },
)
