import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { brokenVase, newVase } from '../../sandbox/demo/pictures'
import type { HubSpot } from '../../sandbox/hubspot'
import { connectAccount } from '../../sandbox/real/connect'
import type { RealSettings } from '../../sandbox/real/settings'
import type { RealStack } from '../../sandbox/real/stack'
import { asStack, bothSettled, startAccount, startSandboxFor } from '../support/account'
import { chatLines, sees } from '../support/chat'
import { leaks } from '../support/secrets'
import { latestThread, receiptOf, threadLines } from '../support/thread'
import { GRACE } from '../support/webhooks'

let account: HubSpot
let stack: RealStack
let settings: RealSettings
let said: string[]

beforeEach(async () => {
  said = []
  ;({ hubspot: account, settings } = await startAccount())
})
afterEach(async () => {
  await stack.close()
  await account.close()
})

async function start(changed: Partial<RealSettings> = {}): Promise<void> {
  settings = { ...settings, ...changed }
  stack = await startSandboxFor(account, settings, (line) => said.push(line))
}

const connect = () => connectAccount(stack, settings, (line) => said.push(line))

const both = () => asStack(stack, account)
const settled = () => bothSettled(stack, account)

describe('the sandbox with a HubSpot account', () => {
  it('plays a handoff and logs every call', async () => {
    await start()
    await connect()
    const webhookUrl = `${settings.publicUrl}/webhooks/sandbox`
    expect(account.channels()).toMatchObject([{ webhookUrl }])
    expect(said).toEqual([
      expect.stringContaining(`${account.app.appId}, with this webhook URL: ${webhookUrl}\n`),
      'Saving the configuration. HubSpot may take a minute to show a new channel.',
      'info: Connected to the inbox "Sales inbox" (481939) of HubSpot account 243842089 (portal.example.com).',
    ])

    account.contacts.add({ email: 'ada@example.com' })
    const ada = stack.botpress.chat.open({ name: 'Ada' })
    expect(await ada.escalate({ title: 'A vase', userEmail: 'ada@example.com' })).toMatchObject({ ok: true })
    const thread = latestThread(both())
    account.agent.assign(thread, GRACE)
    await sees(ada, 'A human agent has joined the conversation.')
    await ada.say('It is broken.')
    await ada.send({ type: 'image', payload: { imageUrl: stack.botpress.upload(brokenVase()) } })
    const { id } = account.agent.reply(thread, { actorId: GRACE, text: 'Here is another.', attachments: [newVase()] })
    await ada.waitFor(({ who, type }) => who === 'agent' && type === 'image')
    await settled()
    expect(threadLines(both(), thread)).toContain('customer: It is broken.')
    expect(account.messages(thread)).toContainEqual(
      expect.objectContaining({ attachments: [expect.objectContaining({ name: 'broken-vase.png' })] }),
    )
    expect(receiptOf(both(), thread, id)).toBe('SENT')
    account.agent.close(thread, GRACE)
    await sees(ada, 'You are back with the bot.')
    await settled()

    expect(chatLines(ada)).toContain('Grace Sample: Here is another.')
    expect(account.webhook.deliveries.map(({ url, status }) => [url, status])).toEqual(
      account.webhook.deliveries.map(() => [webhookUrl, 200]),
    )
    const noted = ({ log }: Pick<HubSpot, 'log'>) =>
      log.calls.map(({ method, path, query, status, responseBody }) =>
        [method, path, query, status, responseBody].join(' '),
      )
    expect(noted(account).length).toBeGreaterThan(10)
    expect(noted(stack.hubspot)).toEqual(noted(account))
    expect(leaks(both())).toEqual([])
  })

  it('connects with a click if there is no refresh token, and says how long the connection lasts', async () => {
    await start({ configuration: { ...account.app, inboxId: '481940' } })
    await connect()
    const link = `${settings.publicUrl}/webhooks/oauth/wizard/start?state=sandbox`
    expect(said.slice(2)).toEqual([
      expect.stringContaining(`The button opens ${link} `),
      'The connection ends with the sandbox: authorize again after the next start.',
    ])
    const answer = await fetch(link)
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('<h1>Connected</h1>')])
    expect(said.at(-1)).toBe(
      'info: Connected to the help desk "Support help desk" (481940) of HubSpot account 243842089 (portal.example.com).',
    )
  })

  it('names the variable that HubSpot refuses', async () => {
    await start({ configuration: { ...settings.configuration, clientSecret: 'another' } })
    await expect(connect()).rejects.toThrow(
      /^"Client Secret" does not match "Client ID".+\n.+\n"Client Secret" is HUBSPOT_CLIENT_SECRET in \.env\.$/s,
    )
  })

  it('says so if the tunnel leads elsewhere', async () => {
    await start({ publicUrl: account.url })
    await connect()
    expect(said.at(-1)).toBe(
      `${account.url} does not lead here: HubSpot's webhooks will not arrive until the tunnel leads to port ${settings.publicPort}.`,
    )
  })

  it('exposes only the webhook through the tunnel', async () => {
    await start()
    await connect()
    const { botpress } = stack
    const [calls, operations] = [botpress.log.calls.length, botpress.operations.length]
    const paths = [
      '/',
      '/view',
      '/changes',
      '/health',
      '/webhooks',
      '/webhooks/other',
      '/webhooks/sandboxes',
      '/webhooks/../v1/chat/users',
      '/webhooks/sandbox%2F..%2F..%2Fv1%2Fchat%2Fusers',
      '/v1/chat/users',
      '/v1/files',
      '/files/file_1',
      '/uploads/file_1',
      '/conversations/v3/conversations/inboxes',
      '/.env',
      '/..%2F.env',
    ]
    for (const method of ['GET', 'POST', 'PUT']) {
      for (const path of paths) {
        const answer = await fetch(`${settings.publicUrl}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${botpress.token}`,
            'x-bot-id': botpress.botId,
            'x-integration-id': botpress.integrationId,
          },
        })
        expect([path, answer.status, await answer.text()]).toEqual([path, 404, '404 Not Found'])
      }
    }
    expect([botpress.log.calls.length, botpress.operations.length]).toEqual([calls, operations])
    const unsigned = await fetch(botpress.webhookUrl, { method: 'POST', body: '[]' })
    expect(unsigned.status).toBe(401)
    const huge = await fetch(botpress.webhookUrl, { method: 'POST', body: 'x'.repeat(5_000_001) })
    expect(huge.status).toBe(413)
  })
})
