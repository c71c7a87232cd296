import type { Customer } from '../../sandbox/botpress'
import { startStack, type Stack } from '../../sandbox/stack'

export type OpenSession = { customer: Customer; threadId: string; conversationId: string }

/** Somebody whom HubSpot knows escalates. */
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

/** How long the integration gives the HITL plugin to link a session: until then it holds events and messages back. */
const LINKED_AFTER_MS = 2_000

/** Resolves when the integration takes every session for linked. Only time makes them so: there is nothing to await. */
export async function sessionsAreLinked({ botpress }: Stack): Promise<void> {
  const youngest = Math.max(0, ...botpress.conversations.map(({ createdAt }) => Date.parse(createdAt)))
  const left = youngest + LINKED_AFTER_MS - Date.now()
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
}

/** A stack that is set up, with one session that the integration takes for linked. */
export async function startWithSession(): Promise<{ stack: Stack; ada: OpenSession }> {
  const stack = await startStack()
  await stack.botpress.register()
  const ada = await openSession(stack)
  await sessionsAreLinked(stack)
  return { stack, ada }
}

/** How often the customer sees that text. */
export const timesSeen = (customer: Customer, text: string): number =>
  customer.messages().filter((message) => message.text === text).length

/** What the bot was told of one conversation, oldest first. */
export const eventsOf = ({ botpress }: Stack, conversationId: string): string[] =>
  botpress.events.filter(({ payload }) => payload['conversationId'] === conversationId).map(({ type }) => type)
