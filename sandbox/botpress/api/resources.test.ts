import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installToy, type Toy } from '../testing/toy-integration'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

describe('who may call', () => {
  const call = (headers: Record<string, string>) => fetch(`${toy.botpress.url}/v1/chat/users`, { headers })

  it('refuses a missing or wrong token', async () => {
    expect((await call({})).status).toBe(401)
    expect((await call({ authorization: 'Bearer x' })).status).toBe(401)
  })

  it('refuses missing and foreign bot and installation headers', async () => {
    const { token, botId } = toy.botpress
    const authorization = `Bearer ${token}`
    expect(await (await call({ authorization })).json()).toMatchObject({
      code: 400,
      message: expect.stringContaining('x-bot-id'),
    })
    expect(await (await call({ authorization, 'x-bot-id': botId })).json()).toMatchObject({
      message: expect.stringContaining('x-integration-id'),
    })
    expect((await call({ authorization, 'x-bot-id': 'other', 'x-integration-id': 'x' })).status).toBe(403)
  })

  it('refuses another installation of the same integration in the same bot', async () => {
    const { token, botId, integrationId, alias } = toy.botpress
    const own = { authorization: `Bearer ${token}`, 'x-bot-id': botId, 'x-integration-id': integrationId }
    expect((await call({ ...own, 'x-integration-alias': alias })).status).toBe(200)
    expect((await call({ ...own, 'x-integration-alias': 'another' })).status).toBe(403)
  })

  it('knows no operation but its own', async () => {
    await expect(toy.untypedClient.listTables({})).rejects.toMatchObject({ type: 'MethodNotFound' })
  })
})

describe('users, conversations and messages', () => {
  it('changes and removes the name and picture of a user', async () => {
    const { user } = await toy.client.createUser({ name: 'Ada', pictureUrl: 'https://x.test/a.png', tags: {} })
    const renamed = await toy.client.updateUser({
      id: user.id,
      name: 'Bea',
      pictureUrl: null,
      tags: { actorId: 'A-1' },
    })
    expect(renamed.user).toMatchObject({ name: 'Bea', tags: { actorId: 'A-1' } })
    expect((await toy.client.getUser({ id: user.id })).user).not.toHaveProperty('pictureUrl')
  })

  it('tells of unknown ids with ResourceNotFound', async () => {
    const refusal = { type: 'ResourceNotFound', code: 404 }
    await expect(toy.client.getUser({ id: 'user_none' })).rejects.toMatchObject(refusal)
    await expect(toy.client.updateConversation({ id: 'conv_none' })).rejects.toMatchObject(refusal)
    await expect(toy.client.getMessage({ id: 'msg_none' })).rejects.toMatchObject(refusal)
    await expect(toy.client.getEvent({ id: 'evt_none' })).rejects.toMatchObject(refusal)
  })

  it('lists by tags, newest first, in pages', async () => {
    const make = (index: number) =>
      toy.client.createConversation({ channel: 'hitl', tags: { id: String(index), inboxId: index < 25 ? '7' : '8' } })
    await Array.from({ length: 26 }, (_, index) => index).reduce<Promise<unknown>>(
      (before, index) => before.then(() => make(index)),
      Promise.resolve(),
    )
    const first = await toy.client.listConversations({ tags: { inboxId: '7' } })
    expect([first.conversations.length, first.conversations[0]?.tags['id']]).toEqual([20, '24'])
    const second = await toy.untypedClient.listConversations({
      tags: { inboxId: '7' },
      ...(first.meta.nextToken !== undefined && { nextToken: first.meta.nextToken }),
    })
    expect(second.conversations.map(({ tags }) => tags['id'])).toEqual(['4', '3', '2', '1', '0'])
    expect(second.meta).toEqual({})
    expect(toy.botpress.log.calls.at(-2)?.query).toBe('?tags.inboxId=7')
  })

  it('validates payloads to the last property, and knows only declared types', async () => {
    const { user } = await toy.client.createUser({ tags: {} })
    const { conversation } = await toy.client.createConversation({ channel: 'hitl', tags: {} })
    const create = (type: string, payload: Record<string, unknown>) =>
      toy.untypedClient.createMessage({ type, payload, userId: user.id, conversationId: conversation.id, tags: {} })
    await expect(create('carousel', { items: [] })).rejects.toThrow('"carousel" is not declared')
    await expect(create('image', { title: 'x' })).rejects.toThrow('imageUrl')
    const items = [{ type: 'text', payload: { text: 'x', size: 3 } }]
    await expect(create('bloc', { items })).rejects.toThrow('items.0.payload.size')
    expect(toy.botpress.messages).toEqual([])
  })

  it('remembers the identifier that the installation was configured with', async () => {
    await toy.client.configureIntegration({ identifier: 'portal-1' })
    expect(toy.botpress.identifier).toBe('portal-1')
  })
})
