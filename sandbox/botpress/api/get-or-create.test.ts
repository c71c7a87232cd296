import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installToy, type Toy } from '../testing/toy-integration'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

const incoming = (actorId: string, messageId: string, name = 'Ada') => ({
  user: { tags: { actorId }, name, discriminateByTags: ['actorId'] },
  conversation: { channel: 'hitl', tags: { id: '100', inboxId: '7' }, discriminateByTags: ['id'] },
  message: { type: 'text', payload: { text: 'Hi' }, tags: { id: messageId }, discriminateByTags: ['id'] },
})

describe('get or create', () => {
  it('lets only the named tags decide and sets the others at creation', async () => {
    const first = await toy.client.getOrCreateUser({
      tags: { actorId: 'A-1', email: 'a@example.com' },
      name: 'Ada',
      discriminateByTags: ['actorId'],
    })
    const second = await toy.client.getOrCreateUser({
      tags: { actorId: 'A-1', email: 'b@example.com' },
      name: 'Bea',
      discriminateByTags: ['actorId'],
    })
    expect(second).toEqual(first)
  })

  it('wants all tags to be equal when none is named', async () => {
    const make = (tags: Record<string, string>) => toy.untypedClient.getOrCreateUser({ tags })
    const { user } = await make({ actorId: 'A-1', email: 'a@example.com' })
    expect((await make({ actorId: 'A-1', email: 'a@example.com' })).user.id).toBe(user.id)
    expect((await make({ actorId: 'A-1' })).user.id).not.toBe(user.id)
  })

  it('does the same for conversations and messages', async () => {
    const make = (tags: Record<string, string>) =>
      toy.untypedClient.getOrCreateConversation({ channel: 'hitl', tags, discriminateByTags: ['id'] })
    const one = await make({ id: '1' })
    const same = await make({ id: '1', inboxId: '9' })
    expect(same.conversation).toEqual(one.conversation)
    const { user } = await toy.client.createUser({ tags: {} })
    const ids = { userId: user.id, conversationId: one.conversation.id, type: 'text' as const }
    const message = { ...ids, payload: { text: 'x' }, tags: { id: 'm' } }
    const first = await toy.client.getOrCreateMessage(message)
    expect((await toy.client.getOrCreateMessage(message)).message.id).toBe(first.message.id)
  })

  it('refuses to look something up by a tag without a value', async () => {
    const lookup = toy.untypedClient.getOrCreateUser({ tags: { actorId: '' }, discriminateByTags: ['actorId'] })
    await expect(lookup).rejects.toMatchObject({ type: 'InvalidPayload' })
  })
})

describe('initializeIncomingMessage', () => {
  const init = (input: Parameters<typeof toy.untypedClient.initializeIncomingMessage>[0]) =>
    toy.untypedClient.initializeIncomingMessage(input)

  it('makes one of each, however many calls come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => init(incoming('A-1', 'm-1'))))
    expect(new Set(answers.map(({ message }) => message?.id)).size).toBe(1)
    expect([toy.botpress.users.length, toy.botpress.conversations.length, toy.botpress.messages.length]).toEqual([
      1, 1, 1,
    ])
  })

  it('keeps what exists as it is', async () => {
    await init(incoming('A-1', 'm-1'))
    const { user } = await init(incoming('A-1', 'm-2', 'Renamed'))
    expect(user.name).toBe('Ada')
    expect(toy.botpress.messages.map(({ tags, direction }) => [tags['id'], direction])).toEqual([
      ['m-1', 'incoming'],
      ['m-2', 'incoming'],
    ])
  })

  it('uses the user and the conversation that are named by id', async () => {
    const { user, conversation } = await init(incoming('A-1', 'm-1'))
    const { message } = incoming('', 'm-2')
    const answer = await init({ userId: user.id, conversationId: conversation.id, message })
    expect(answer.message).toMatchObject({ userId: user.id, conversationId: conversation.id })
    await expect(init({ userId: 'user_none', conversationId: conversation.id })).rejects.toMatchObject({
      type: 'ReferenceNotFound',
    })
  })

  it('creates nothing when any part is refused', async () => {
    const { user, conversation, message } = incoming('A-1', 'm-1')
    await expect(init({ user, conversation, message: { ...message, payload: { text: '' } } })).rejects.toThrow(
      'payload',
    )
    await expect(init({ user, conversation: { ...conversation, channel: 'chat' } })).rejects.toThrow('Channel "chat"')
    expect([toy.botpress.users, toy.botpress.conversations]).toEqual([[], []])
  })
})

describe('tags', () => {
  it('refuses names that the definition lacks', async () => {
    const tags = { shoeSize: '42' }
    const refusal = { type: 'InvalidPayload', message: expect.stringContaining('shoeSize') }
    await expect(toy.untypedClient.createUser({ tags })).rejects.toMatchObject(refusal)
    await expect(toy.untypedClient.createConversation({ channel: 'hitl', tags })).rejects.toMatchObject(refusal)
    const { user, conversation, message } = incoming('A-1', 'm-1')
    const asked = { user, conversation, message: { ...message, tags: { ...message.tags, ...tags } } }
    await expect(toy.untypedClient.initializeIncomingMessage(asked)).rejects.toMatchObject(refusal)
    await expect(toy.untypedClient.listUsers({ tags })).rejects.toMatchObject(refusal)
  })

  it('refuses values of more than 500 characters', async () => {
    await toy.client.createUser({ tags: { email: 'x'.repeat(500) } })
    await expect(toy.client.createUser({ tags: { email: 'x'.repeat(501) } })).rejects.toThrow('500')
  })

  it('merges them in an update, and unsets those with an empty value', async () => {
    const { conversation } = await toy.client.createConversation({ channel: 'hitl', tags: { id: '1', inboxId: '7' } })
    const updated = await toy.client.updateConversation({
      id: conversation.id,
      tags: { inboxId: '', assignedTo: 'A-1' },
    })
    expect(updated.conversation.tags).toEqual({ id: '1', assignedTo: 'A-1' })
  })
})
