/**
 * Checked by the compiler only, as part of `npm run check:types`. Each line with `@ts-expect-error` fails the check if
 * it compiles.
 */
import type * as bp from '../../src/bp'

type Client = Pick<
  bp.Client,
  'getState' | 'setState' | 'createEvent' | 'updateConversation' | 'updateUser' | 'createConversation'
>

export async function rightNames(client: Client, { payload, conversation, message }: bp.MessageProps['bloc']) {
  const { state } = await client.getState({ id: 'i', type: 'integration', name: 'tokens' })
  const expiresAt: number = state.payload.expiresAt
  await client.createEvent({ type: 'hitlStopped', payload: { conversationId: 'c' } })
  await client.updateConversation({ id: 'c', tags: { assignedTo: 'A-1' } })
  await client.updateUser({ id: 'u', tags: { actorId: 'A-1' } })
  const tags: (string | undefined)[] = [conversation.tags.senderIdentifier, message.tags.id]
  return [expiresAt, payload.items, tags] as const
}

export async function wrongNames(client: Client, { conversation, message }: bp.MessageProps['text'], ctx: bp.Context) {
  // @ts-expect-error no such state
  await client.getState({ id: 'i', type: 'integration', name: 'nonsense' })
  // @ts-expect-error the state is of another type
  await client.getState({ id: 'i', type: 'user', name: 'tokens' })
  // @ts-expect-error the payload lacks most of its fields
  await client.setState({ id: 'i', type: 'integration', name: 'tokens', payload: { accessToken: 'a' } })
  // @ts-expect-error no such event
  await client.createEvent({ type: 'nonsense', payload: { conversationId: 'c' } })
  // @ts-expect-error no such tag of conversations
  await client.updateConversation({ id: 'c', tags: { nonsense: 'x' } })
  // @ts-expect-error no such tag of users
  await client.updateUser({ id: 'u', tags: { nonsense: 'x' } })
  // @ts-expect-error no such channel
  await client.createConversation({ channel: 'nonsense', tags: {} })
  // @ts-expect-error no such tag of conversations
  const fromConversation = conversation.tags.nonsense
  // @ts-expect-error no such tag of messages
  const fromMessage = message.tags.nonsense
  // @ts-expect-error no such field of the configuration
  const fromConfiguration = ctx.configuration.nonsense
  return [fromConversation, fromMessage, fromConfiguration]
}
