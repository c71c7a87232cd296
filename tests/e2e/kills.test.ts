import { expect, it, onTestFinished } from 'vitest'
import { killInEach, startKillableStack, STEPS } from '../support/kills'

it('the process is killed after each call of an opening, and Botpress repeats it: one thread and one conversation', async () => {
  const stack = await startKillableStack()
  onTestFinished(stack.close)
  await stack.botpress.register()
  const name = 'opening'
  const step = STEPS[name]
  if (!step) throw new Error('There is no such step')
  expect(await killInEach(stack, name, step, 9)).toBeGreaterThan(4)
})

it("the process is killed after each of the first three calls of an agent's reply: it is delivered once", async () => {
  const stack = await startKillableStack()
  onTestFinished(stack.close)
  await stack.botpress.register()
  const name = "agent's first reply"
  const step = STEPS[name]
  if (!step) throw new Error('There is no such step')
  expect(await killInEach(stack, name, step, 3)).toBe(3)
})
