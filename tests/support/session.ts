import type { Customer } from '../../sandbox/botpress'
import { startStack, type Stack } from '../../sandbox/stack'

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

/** The events of one conversation that the bot received, oldest first. */
export const eventsOf = ({ botpress }: Stack, conversationId: string): string[] =>
  botpress.events.filter(({ payload }) => payload['conversationId'] === conversationId).map(({ type }) => type)
