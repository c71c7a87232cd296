import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { handsOn, type Hands } from '../../scripts/page-hands.mjs'
import { newVase } from '../../sandbox/demo/pictures'
import { serveOnLoopback, type Served } from '../../sandbox/http/serve'
import { sandboxPages } from '../../sandbox/pages'
import type { RealStack } from '../../sandbox/real/stack'
import { asStack, bothSettled, startAccount, startSandboxFor, type Account } from '../support/account'
import { receiptOf, threadLines } from '../support/thread'
import { GRACE } from '../support/webhooks'
import { usesBrowser } from './browser'
import { objections } from './objections'

let account: Account
let stack: RealStack
let served: Served

beforeEach(async () => {
  account = await startAccount()
})
afterEach(async () => {
  await served.close()
  await stack.close()
  await account.hubspot.close()
})
const openWindow = usesBrowser()

async function open(configuration = account.settings.configuration): Promise<Hands> {
  const { hubspot, settings } = account
  stack = await startSandboxFor(hubspot, { ...settings, configuration })
  served = await serveOnLoopback(sandboxPages(stack))
  await stack.botpress.register()
  const page = await openWindow({ viewport: { width: 1440, height: 900 } })
  await page.goto(served.url)
  return handsOn(page)
}

describe('the page with a HubSpot account', () => {
  it('simulates the customer, shows every call, and leaves the agents to HubSpot', async () => {
    const { hubspot } = account
    hubspot.contacts.add({ email: 'ada@example.com' })
    const { page, customer, agent, calls } = await open()
    await agent.desk.getByText('Sales inbox (inbox)').waitFor()
    expect(await agent.desk.getByRole('link', { name: 'Reply in HubSpot' }).getAttribute('href')).toBe(hubspot.url)
    expect(await page.getByRole('region', { name: 'Trouble' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Start over' }).count()).toBe(0)

    expect(await objections(page)).toEqual([])

    await customer.says('I want to talk to a human')
    await customer.says('ada@example.com')
    await customer.sees('I have escalated this conversation to a human agent.')
    await bothSettled(stack, hubspot)
    const [thread] = hubspot.threads()
    const threadId = thread?.id ?? ''
    hubspot.agent.assign(threadId, GRACE)
    await customer.sees('A human agent has joined the conversation.')
    await customer.says('Are you there?')
    const { id } = hubspot.agent.reply(threadId, { actorId: GRACE, text: 'I am.', attachments: [newVase()] })
    await customer.sees('I am.')
    await bothSettled(stack, hubspot)
    const both = asStack(stack, hubspot)
    expect(threadLines(both, threadId)).toContain('customer: Are you there?')
    expect(receiptOf(both, threadId, id)).toBe('SENT')
    const file = customer.chat.getByRole('link', { name: 'new-vase.png' })
    expect(new URL((await file.getAttribute('href')) ?? '').origin).toBe(hubspot.url)
    await (await calls.rows()).filter({ hasText: 'POST /conversations/v3/custom-channels' }).first().waitFor()
    expect(await calls.counts.getByRole('listitem').count()).toBe(3)
    const made = hubspot.log.calls.length
    await calls.counts.getByTitle(`Integration called HubSpot ${made} times`).waitFor()

    hubspot.agent.close(threadId, GRACE)
    await customer.sees('You are back with the bot.')
  })

  it('says that no account is connected, and links to the settings', async () => {
    account.hubspot.contacts.add({ email: 'ada@example.com' })
    const { page, agent, customer } = await open({ ...account.hubspot.app, inboxId: '481940' })
    await agent.desk.getByText('No HubSpot account is connected yet').waitFor()
    expect(await objections(page)).toEqual([])
    await agent.desk.getByRole('link', { name: 'Set up the connection' }).click()
    await page.getByText('Not authorized yet.').waitFor()
    expect(await page.getByRole('button', { name: "Fill in the HubSpot app's values" }).count()).toBe(0)
    const opened = page.context().waitForEvent('page')
    await page.getByRole('link', { name: 'Authorize' }).click()
    await (await opened).getByRole('heading', { name: 'Connected' }).waitFor()

    await page.getByRole('link', { name: 'Chat and inbox' }).click()
    await agent.desk.getByText('Support help desk (help desk)').waitFor()
    await customer.says('I want to talk to a human')
    await customer.says('ada@example.com')
    await customer.sees('I have escalated this conversation to a human agent.')
    await bothSettled(stack, account.hubspot)
    expect(account.hubspot.threads()).toMatchObject([{ inboxId: '481940' }])
  })
})
