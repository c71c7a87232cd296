import { onTestFinished } from 'vitest'
import * as z from 'zod'
import type { Customer } from '../../sandbox/botpress'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from './clock'
import { callsOf, NEW_EVENT } from './faults'
import { assigned, sent } from './webhooks'

export type OpenSession = { customer: Customer; threadId: string; conversationId: string }

/** A customer with a contact in HubSpot escalates. */
export async function openSession(stack: Stack, name = 'Ada'): Promise<OpenSession> {
  const userEmail = `${name.toLowerCase().replaceAll(' ', '.')}@customers.example.org`
  if (!stack.hubspot.contacts.list().some(({ properties }) => properties['email'] === userEmail)) {
    stack.hubspot.contacts.add({ email: userEmail })
  }
  const customer = stack.botpress.chat.open({ name })
  const { conversationId, message } = await customer.escalate({ title: `The matter of ${name}`, userEmail })
  const threadId = stack.botpress.conversations.find(({ id }) => id === conversationId)?.tags['id']
  if (conversationId === undefined || threadId === undefined) throw new Error(`No session: ${message}`)
  return { customer, threadId, conversationId }
}

/** How long the integration holds events and messages, so that the HITL plugin can link the session. */
const LINKED_AFTER_MS = 2_000

/** Resolves when the integration assumes that every session is linked. It has no signal for that and only waits. */
export async function sessionsAreLinked({ botpress }: Stack): Promise<void> {
  const youngest = Math.max(
    0,
    ...botpress.conversations.map(({ createdAt, tags }) => Number(tags['openedAt'] ?? Date.parse(createdAt))),
  )
  const left = youngest + LINKED_AFTER_MS - Date.now()
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
}

let customers = 0

/** A session that the plugin may still be linking, of a customer of its own. The logs are empty. */
export async function youngSession(stack: Stack): Promise<OpenSession> {
  const session = await openSession(stack, `Customer ${++customers}`)
  await stack.settled()
  stack.hubspot.log.clear()
  stack.botpress.log.clear()
  return session
}

/** A session that the plugin has linked long ago, by the clock of this test. */
export async function linkedSession(stack: Stack): Promise<OpenSession> {
  const session = await youngSession(stack)
  onTestFinished(clockAhead(3_000))
  return session
}

/** A session whose agent the plugin has announced long ago: nothing waits. */
export async function sessionWithAgent(stack: Stack): Promise<OpenSession> {
  const session = await linkedSession(stack)
  await sent(stack, assigned(stack, session))
  onTestFinished(clockAhead(3_000))
  return session
}

/** A stack with a saved configuration and one linked session. */
export async function startWithSession(): Promise<{ stack: Stack; ada: OpenSession }> {
  const stack = await startStack()
  await stack.botpress.register()
  const ada = await openSession(stack)
  await sessionsAreLinked(stack)
  return { stack, ada }
}

/** How often the customer sees this text. */
export const timesSeen = (customer: Customer, text: string): number =>
  customer.messages().filter((message) => message.text === text).length

/** The tags of the session's conversation. */
export const tagsOf = ({ botpress }: Stack, session: OpenSession): Record<string, string> =>
  botpress.conversations.find(({ id }) => id === session.conversationId)?.tags ?? {}

/** The events of one conversation that the bot received, oldest first. */
export const eventsOf = ({ botpress }: Stack, conversationId: string): string[] =>
  botpress.events.filter(({ payload }) => payload['conversationId'] === conversationId).map(({ type }) => type)

/** What the HITL plugin was told of a session. */
export const told = (stack: Stack, { conversationId }: OpenSession): string[] => eventsOf(stack, conversationId)

/** What the bot was told of a session's end. */
export const handoffEndedOf = ({ botpress }: Stack, { conversationId }: OpenSession): Record<string, unknown>[] =>
  botpress.events
    .filter(({ type, payload }) => type === 'handoffEnded' && payload['sessionId'] === conversationId)
    .map(({ payload }) => payload)

const newEvent = z.object({ type: z.string(), schedule: z.object({ delay: z.number() }).optional() })

/** What was sent to the bot for the HITL plugin, of all sessions. */
export const newEvents = ({ botpress }: Stack) =>
  callsOf(botpress, NEW_EVENT)
    .map(({ requestBody }) => newEvent.parse(JSON.parse(requestBody)))
    .filter(({ type }) => type.startsWith('hitl'))
