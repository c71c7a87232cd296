import { RuntimeError } from '@botpress/sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { installToy, type Toy } from './testing/toy-integration'

let toy: Toy
afterEach(async () => toy.close())

describe('operations', () => {
  it('carry the installation and its configuration as it is now', async () => {
    const seen: unknown[] = []
    toy = await installToy({ actions: { stopHitl: async ({ ctx }) => (seen.push(ctx), {}) } })
    toy.botpress.configuration['inboxId'] = '8'
    await toy.botpress.action('stopHitl', { conversationId: 'conv_1' })
    const { botId, botUserId, integrationId, webhookId, configuration } = toy.botpress
    expect(seen).toEqual([
      {
        botId,
        botUserId,
        integrationId,
        webhookId,
        configuration,
        configurationType: null,
        integrationAlias: 'hubspot-hitl',
        operation: 'action_triggered',
      },
    ])
  })

  it('return what an action returned', async () => {
    toy = await installToy()
    const result = await toy.botpress.action('createUser', { name: 'Zoë 🌍' })
    expect(result).toEqual({ ok: true, status: 200, output: { userId: toy.botpress.users[0]?.id } })
    expect(toy.botpress.users[0]?.name).toBe('Zoë 🌍')
    expect(toy.botpress.operations.at(-1)).toMatchObject({
      operation: 'action_triggered',
      type: 'createUser',
      status: 200,
    })
  })

  it('tell the message of a RuntimeError, and nothing of other errors', async () => {
    toy = await installToy({
      actions: {
        createUser: () => Promise.reject(new RuntimeError('Check "User Email"')),
        stopHitl: () => Promise.reject(new Error('secret detail')),
      },
    })
    const refused = await toy.botpress.action('createUser', { name: 'Ada' })
    expect(refused).toEqual({ ok: false, status: 400, message: 'Check "User Email"' })
    const crashed = await toy.botpress.action('stopHitl', { conversationId: 'c' })
    expect(crashed).toMatchObject({ ok: false, message: expect.not.stringContaining('secret') })
  })

  it('refuse what the definition does not allow, on the way in and out', async () => {
    const tooMuch = { userId: 'user_1', colour: 'red' }
    toy = await installToy({ actions: { createUser: () => Promise.resolve(tooMuch) } })
    const before = toy.botpress.operations.length
    expect(await toy.botpress.action('createUser', {})).toMatchObject({
      ok: false,
      message: expect.stringContaining('name'),
    })
    expect(await toy.botpress.action('dance', {})).toMatchObject({ ok: false })
    expect(toy.botpress.operations).toHaveLength(before)
    const badOutput = await toy.botpress.action('createUser', { name: 'Ada' })
    expect(badOutput).toMatchObject({ ok: false, message: expect.stringContaining('colour') })
  })

  it('are told to listeners, and fail with status 0 when the integration is gone', async () => {
    toy = await installToy()
    const told: string[] = []
    toy.botpress.operations.subscribe(({ operation, status }) => told.push(`${operation} ${status}`))
    expect(await toy.botpress.unregister()).toMatchObject({ ok: true })
    await toy.stopIntegration()
    expect(await toy.botpress.unregister()).toMatchObject({ ok: false, status: 0 })
    expect(told).toEqual(['unregister 200', 'unregister 0'])
  })

  it('are kept in part, and not all of them, where they are webhooks of strangers', async () => {
    toy = await installToy({ handler: ({ req }) => Promise.resolve({ status: req.query === 'signed' ? 200 : 401 }) })
    const { operations, webhookUrl } = toy.botpress
    const send = (query: string, body: string) => fetch(`${webhookUrl}?${query}`, { method: 'POST', body })
    const webhooks = () => operations.filter(({ operation }) => operation === 'webhook_received')
    await send('signed', 's'.repeat(30_000))
    await send('forged', 'f'.repeat(30_000))
    expect(webhooks()[0]?.requestBody.length).toBeGreaterThan(30_000)
    expect(webhooks()[1]?.requestBody.length).toBe(20_000)
    for (let sent = 0; sent < 120; sent++) await send('forged', `number ${sent}`)
    expect(webhooks().map(({ status }) => status)).toEqual([200, ...Array<number>(100).fill(401)])
    expect(webhooks().at(-1)?.requestBody).toContain('number 119')
  })
})
