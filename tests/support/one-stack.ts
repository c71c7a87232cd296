import { afterAll, afterEach, beforeAll } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'

/** One connected stack for all tests of a file, which is handed out before the first. Faults end with each test. */
export function usesOneStack(take: (stack: Stack) => void): void {
  let stack: Stack
  beforeAll(async () => {
    stack = await startStack()
    await stack.botpress.register()
    take(stack)
  })
  afterEach(() => {
    stack.hubspot.faults = undefined
    stack.botpress.faults = undefined
  })
  afterAll(async () => stack.close())
}
