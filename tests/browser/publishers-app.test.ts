import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serveOnLoopback, type Served } from '../../sandbox/http/serve'
import { sandboxPages } from '../../sandbox/pages'
import type { Stack } from '../../sandbox/stack'
import { startTwo, type TwoInstallations } from '../../sandbox/two-installations'
import { openSession } from '../support/session'
import { latestThread } from '../support/thread'
import { usesBrowser } from './browser'
import { objections } from './objections'
import { choose, clickAuthorize, reads, save } from './steps'

let two: TwoInstallations
let served: Served[]

const begin = async (arrangement: Parameters<typeof startTwo>[0]) => {
  two = await startTwo(arrangement, { switches: { consent: 'ask' } })
  served = []
  for (const stack of [two.first, two.second]) {
    stack.botpress.configuration = {}
    served.push(await serveOnLoopback(sandboxPages(stack)))
  }
}
// Registered first, so that it runs last: the windows must close before their server.
afterEach(async () => {
  for (const each of served) await each.close()
  await two.close()
})
const openPage = usesBrowser()

/** Each owner in a browser of their own: saves the empty form, authorizes and approves in HubSpot. */
async function approveInHubSpot(owner: 0 | 1): Promise<Page> {
  const settings = await openPage()
  await settings.goto(`${served[owner]?.url}/settings`)
  expect(await save(settings)).toBe('Saved.')
  const page = await clickAuthorize(settings)
  await page.getByRole('button', { name: 'Connect app' }).click()
  return page
}

async function connect(owner: 0 | 1, inbox: string): Promise<void> {
  const page = await approveInHubSpot(owner)
  await reads(page, 'Connect this bot?')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await reads(page, 'Where should conversations appear?')
  await choose(page, inbox)
  expect(await reads(page, 'Connected')).toContain(inbox)
}

/** An agent answers a customer. Resolves to the inbox. */
async function handoff(stack: Stack, name: string): Promise<string> {
  const { customer, threadId } = await openSession(stack, name)
  stack.hubspot.agent.assign(threadId, 'A-3892666')
  stack.hubspot.agent.reply(threadId, { actorId: 'A-3892666', text: `Here I am, ${name}.` })
  await customer.waitFor(({ who, text }) => who === 'agent' && text === `Here I am, ${name}.`)
  await stack.settled()
  return stack.hubspot.thread(threadId).inboxId
}

describe("two owners with the publisher's app", () => {
  beforeEach(async () => begin("two bots with the publisher's app"))

  it('connect without filling in a field, hand over in both accounts, and one can leave', async () => {
    await connect(0, 'Inbox of the first')
    await connect(1, 'Help desk of the second')
    expect(await handoff(two.first, 'Ada')).toBe('481939')
    expect(await handoff(two.second, 'Bob')).toBe('730155')
    expect(two.first.hubspot.channels()).toHaveLength(1)

    await two.first.botpress.unregister()
    expect(await handoff(two.second, 'Bea')).toBe('730155')
  })

  it('can look at the sandbox before and after they connect, which leaves the form as it is', async () => {
    const page = await openPage()
    await page.goto(served[0]?.url ?? '')
    await page.getByRole('button', { name: 'Ask for a person as Ada' }).click()
    await page.getByText('This integration is not connected to HubSpot yet.').first().waitFor()
    await connect(0, 'Inbox of the first')
    await page.reload()
    await page.getByText('Owner authorized').click()
    await page.getByText('Show a page of the setup').first().waitFor()
    expect(two.first.botpress.configuration).not.toHaveProperty('additionalInboxIds')
  })

  it('are asked before a bot whose link someone sent them can read anything', async () => {
    const page = await approveInHubSpot(0)
    const text = await reads(page, 'Connect this bot?')
    for (const named of ['bot-of-the-first-owner', '243842089']) expect(text).toContain(named)
    expect(text).toContain('If someone sent you the link, cancel.')
    expect(await page.getByRole('link', { name: 'Cancel' }).getAttribute('href')).toBe(
      'https://app.botpress.cloud/oauth/interstitial?success=false&errorMessage=Nothing%20was%20connected.',
    )
    expect(await objections(page, 15)).toEqual([])
    await page.close()
    expect(two.first.botpress.states).toEqual([])
    expect(two.first.botpress.identifier).toBeUndefined()
    expect(two.first.hubspot.channels()).toEqual([])
  })
})

describe('a second bot for the same account', () => {
  beforeEach(async () => begin('two bots for one account'))

  it('is warned before it takes the events, and gets them by one more click', async () => {
    await connect(0, 'Inbox of the first')
    const page = await approveInHubSpot(1)
    expect(await reads(page, 'Another bot may use this account')).toContain('the other bot will stop hearing agents')
    expect(two.first.botpress.identifier).toBe('243842089')
    await page.getByRole('button', { name: 'Connect this bot instead' }).click()
    await reads(page, 'Where should conversations appear?')
    await choose(page, 'Inbox of the first')
    await reads(page, 'Connected')
    expect(await handoff(two.second, 'Bob')).toBe('481939')
    expect(latestThread(two.second)).toBeDefined()
  })
})
