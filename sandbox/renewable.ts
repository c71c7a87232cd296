import type { Sandbox } from './assemble'
import { Listeners } from './listeners'
import { startFullStack, type Stack } from './stack'

/** A stack that can start over. This object then represents the new stack. */
export type RenewableStack = Stack & {
  startOver: () => Promise<void>
  /** Called with each new stack, before anything else uses it; returns a function that unsubscribes. */
  onStart: (listener: () => Promise<void>) => () => void
}

export const isRenewable = (sandbox: Sandbox): sandbox is RenewableStack => 'startOver' in sandbox

export function renewable(first: Stack, begin: () => Promise<Stack> = startFullStack): RenewableStack {
  let current = first
  let starting: Promise<void> | undefined
  const listeners = new Listeners<void, Promise<void>>()

  const start = async () => {
    await current.close()
    current = await begin()
    await Promise.all(listeners.tell())
  }
  return {
    get hubspot() {
      return current.hubspot
    },
    get botpress() {
      return current.botpress
    },
    get log() {
      return current.log
    },
    settled: () => current.settled(),
    restartIntegration: () => current.restartIntegration(),
    close: () => current.close(),
    startOver: () => {
      starting ??= start().finally(() => {
        starting = undefined
      })
      return starting
    },
    onStart: listeners.subscribe,
  }
}
