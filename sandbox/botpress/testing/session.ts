import type { Botpress, Customer } from '../index'
import type { Toy } from './toy-integration'

type Opening = Parameters<Botpress['chat']['open']>[0]

export async function escalated(
  botpress: Botpress,
  opening: Opening = { name: 'Ada' },
): Promise<{ customer: Customer; conversationId: string }> {
  const customer = botpress.chat.open(opening)
  const { conversationId = '' } = await customer.escalate({ title: 'Help', userEmail: 'ada@example.com' })
  return { customer, conversationId }
}

/** Resolves as soon as the integration has answered that action; the plugin is not done with it by then. */
export const answered = ({ operations }: Botpress, action: string): Promise<void> =>
  new Promise((resolve) => {
    const stop = operations.subscribe(({ type }) => {
      if (type !== action) return
      stop()
      resolve()
    })
  })

/** Counts the calls that the plugin makes from now on; they take no time. */
export function countCalls({ plugin }: Botpress): () => number {
  let calls = 0
  plugin.switches.botCallMs = () => {
    calls += 1
    return 0
  }
  return () => calls
}

const BOB = { name: 'Bob', pictureUrl: 'https://x.test/bob.png', tags: { actorId: 'A-1' } }

/** Writes as the agent Bob, the way an integration relays what came by webhook. */
export async function agentWrites({ untypedClient }: Toy, conversationId: string, text: string, payload = {}) {
  const { user, message } = await untypedClient.initializeIncomingMessage({
    user: { ...BOB, discriminateByTags: ['actorId'] },
    conversationId,
    message: { type: 'text', payload: { text, ...payload }, tags: { id: text }, discriminateByTags: ['id'] },
  })
  return { user, message }
}

/** Tells the bot that Bob has the conversation, or another user. */
export async function agentIsAssigned({ client }: Toy, conversationId: string, userId?: string): Promise<void> {
  const bob = async () => (await client.getOrCreateUser({ ...BOB, discriminateByTags: ['actorId'] })).user.id
  await client.createEvent({ type: 'hitlAssigned', payload: { conversationId, userId: userId ?? (await bob()) } })
}

export async function agentCloses({ client }: Toy, conversationId: string): Promise<void> {
  await client.createEvent({ type: 'hitlStopped', payload: { conversationId } })
}

/** What a customer sees, one line each. */
export const lines = (customer: Customer): string[] =>
  customer.messages().map(({ who, name, text, type }) => `${name ?? who}: ${text ?? type}`)

/** What the integration was sent in all operations of that type. */
export function bodies(botpress: Botpress, type: string): unknown[] {
  return botpress.operations.filter((each) => each.type === type).map((each): unknown => JSON.parse(each.requestBody))
}
