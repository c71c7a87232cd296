import { afterEach, beforeEach } from 'vitest'
import type { Customer } from '../../../sandbox/botpress'
import { startStack, type Stack } from '../../../sandbox/stack'
import { openSession, sessionsAreLinked, type OpenSession } from '../session'
import { threadLines } from '../thread'

/** The test's own; each test has a new one. */
export let stack: Stack

/** Before each test, starts an installation whose bot needs so many milliseconds a call. */
export function usesBotpress(callMs: number): void {
  beforeEach(async () => {
    stack = await startStack()
    await stack.botpress.register()
    pace(callMs)
  })
  afterEach(async () => stack.close())
}

export const pace = (ms: number) => (stack.botpress.plugin.switches.botCallMs = ms)
export const isActive = (conversationId: string) =>
  stack.botpress.plugin.sessions.some((each) => each.downstreamConversationId === conversationId && each.isActive)
export const notesIn = (threadId: string) => threadLines(stack, threadId).filter((line) => line.startsWith('note: '))

export const textsOf = (customer: Customer) => customer.messages().map(({ text, type }) => text ?? type)
export const timesSeen = (customer: Customer, text: string) => textsOf(customer).filter((each) => each === text).length

/** A session that the plugin has linked, and an agent who has it if one is named. */
export async function linkedSession(name = 'Ada', actorId?: string): Promise<OpenSession> {
  const session = await openSession(stack, name)
  await sessionsAreLinked(stack)
  if (actorId !== undefined) {
    stack.hubspot.agent.assign(session.threadId, actorId)
    await stack.settled()
  }
  return session
}
