import type { Botpress, Customer } from '../index'
import type { Toy } from './toy-integration'

export async function escalated(botpress: Botpress): Promise<{ customer: Customer; conversationId: string }> {
  const customer = botpress.chat.open({ name: 'Ada' })
  const { conversationId = '' } = await customer.escalate({ title: 'Help', userEmail: 'ada@example.com' })
  return { customer, conversationId }
}

/** Writes as the agent Bob, the way an integration relays what came by webhook. */
export async function agentWrites({ untypedClient }: Toy, conversationId: string, text: string) {
  const { user, message } = await untypedClient.initializeIncomingMessage({
    user: {
      name: 'Bob',
      pictureUrl: 'https://x.test/bob.png',
      tags: { actorId: 'A-1' },
      discriminateByTags: ['actorId'],
    },
    conversationId,
    message: { type: 'text', payload: { text }, tags: { id: text }, discriminateByTags: ['id'] },
  })
  return { user, message }
}

/** What the integration was sent in all operations of that type. */
export function bodies(botpress: Botpress, type: string): unknown[] {
  return botpress.operations.filter((each) => each.type === type).map((each): unknown => JSON.parse(each.requestBody))
}
