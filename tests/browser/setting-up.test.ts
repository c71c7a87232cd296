import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { appScript } from '../../hubspot-app/script'
import type { Stack } from '../../sandbox/stack'
import { openSession } from '../support/session'
import { latestThread } from '../support/thread'
import { usesSettings } from './settings'
import {
  agree,
  authorize,
  choose,
  clickAuthorize,
  field,
  fillInApp,
  follow,
  letItBe,
  log,
  persistently,
  reads,
  save,
  saveApp,
} from './steps'

const openSettings = usesSettings()

const [SALES, SUPPORT] = ['481939', '481940']

const connectedInboxes = ({ hubspot }: Stack): string[] =>
  hubspot.channels().flatMap(({ id }) => hubspot.accounts(id).map(({ inboxId }) => inboxId))

/** What was on the screen, one after the other: a page that goes on at once is gone before it can be asked. */
function headings({ botpress }: Stack): string[] {
  const shown = botpress.operations.map(({ responseBody }) => /<h1>(.*?)<\/h1>/.exec(responseBody)?.[1] ?? '')
  return shown.filter((heading, index) => heading !== '' && heading !== shown[index - 1])
}

/** An agent answers a customer: nothing less is a connection. Resolves with where the agent found the customer. */
async function handoff(stack: Stack): Promise<string> {
  const { customer, threadId } = await openSession(stack)
  stack.hubspot.agent.assign(threadId, 'A-3892666')
  stack.hubspot.agent.reply(threadId, { actorId: 'A-3892666', text: 'Here I am.' })
  await customer.waitFor(({ who, text }) => who === 'agent' && text === 'Here I am.')
  await stack.settled()
  return stack.hubspot.thread(threadId).inboxId
}

describe('without an app', () => {
  it('the Authorize button offers the script, for download and to copy', async () => {
    const { stack, settings } = await openSettings()
    await save(settings)
    const page = await clickAuthorize(settings)
    expect(await reads(page, 'Your HubSpot app')).toContain('node botpress-inbox.mjs')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download botpress-inbox.mjs' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('botpress-inbox.mjs')
    const { webhookBase: gateway, webhookId } = stack.botpress
    const script = appScript({ gateway, webhookId })
    expect(readFileSync(await download.path(), 'utf8')).toBe(script)

    await page.getByText('Or copy it').click()
    expect(await page.getByLabel('Save this text as botpress-inbox.mjs').inputValue()).toBe(script)
  })
})

describe('a test of the connection', () => {
  it('follows by itself what an agent does, and survives other tabs, reloading and beginning anew', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const page = await authorize(settings)
    await choose(page, 'Sales inbox')
    await reads(page, 'Connected')
    const address = page.url()
    const tabs = [page, await page.context().newPage(), await page.context().newPage()]
    for (const tab of tabs) {
      if (tab !== page) await tab.goto(address)
      await tab.getByRole('button', { name: 'Test the inbox "Sales inbox" (481939)' }).click()
      await reads(tab, 'Try it')
    }
    await persistently(() => page.reload())

    expect(stack.hubspot.threads()).toHaveLength(1)
    const id = latestThread(stack)
    stack.hubspot.agent.assign(id, 'A-3892666')
    await page.getByText('assign it to yourself. ✓ Seen after').waitFor()
    stack.hubspot.agent.reply(id, { actorId: 'A-3892666', text: 'It works.' })
    await page.getByText('as sent. ✓ Seen after').waitFor()
    stack.hubspot.agent.close(id)
    for (const tab of tabs) expect(await reads(tab, 'It works')).not.toContain('Waiting')
    const back = page.getByRole('link', { name: 'Back to Botpress' })
    expect(await back.getAttribute('href')).toBe('https://app.botpress.cloud/oauth/interstitial?success=true')
  })
})

describe('setting up', () => {
  it('goes from an empty form to a customer whom an agent answers', async () => {
    const { stack, settings } = await openSettings()
    await fillInApp(settings, stack)
    expect(await save(settings)).toBe('Saved.')
    expect(await log(settings)).toEqual([expect.stringMatching(/^warn: .* not connected to HubSpot yet/)])

    const page = await clickAuthorize(settings)
    await reads(page, 'Choose an account')
    await page.getByRole('link', { name: 'Example Company' }).click()
    expect(await reads(page, 'Connect Botpress Inbox to HubSpot')).toMatch(/Example Company.*See contacts/)
    await page.getByRole('button', { name: 'Connect app' }).click()
    await reads(page, 'Where should conversations appear?')
    await log(settings)
    const connection = settings.getByRole('region', { name: 'Connection' })
    expect(await connection.innerText()).toContain('Authorized, but not connected.')
    await choose(page, 'Support help desk')
    expect(await reads(page, 'Connected')).toContain(
      'help desk "Support help desk" (481940) of HubSpot account 243842089 (portal.example.com)',
    )

    expect(await log(settings)).toEqual([
      expect.stringContaining('not connected to HubSpot yet'),
      'info: Connected to the help desk "Support help desk" (481940) of HubSpot account 243842089 (portal.example.com).',
    ])
    expect(await connection.innerText()).toContain('Authorized as 243842089-')
    expect(await handoff(stack)).toBe(SUPPORT)
  })

  it('can be denied in HubSpot, and tried again from there', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const page = await clickAuthorize(settings)
    await page.getByRole('link', { name: 'Example Company' }).click()
    await page.getByRole('button', { name: 'Deny' }).click()
    expect(await reads(page, 'Not connected')).toContain('The app was not allowed to connect')
    expect(stack.hubspot.channels()).toEqual([])

    await page.getByRole('link', { name: 'Authorize' }).click()
    await agree(page)
    await choose(page, 'Sales inbox')
    await reads(page, 'Connected')
    expect(connectedInboxes(stack)).toEqual([SALES])
  })

  it('connects two inboxes, one of them by default', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const page = await authorize(settings)
    await page.getByRole('radio', { name: 'Default: Support help desk' }).check()
    await choose(page, 'Sales inbox', 'Support help desk')
    expect(await reads(page, 'Connected')).toMatch(/appear in the help desk "Support help desk".*name the inbox "Sales/)
    expect(connectedInboxes(stack).sort()).toEqual([SALES, SUPPORT])
  })

  it('wants at least one inbox', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const page = await authorize(settings)
    await choose(page)
    expect(await page.getByRole('alert').textContent()).toBe('Choose at least one inbox or help desk.')
    await choose(page, 'Sales inbox')
    await reads(page, 'Connected')
    expect(connectedInboxes(stack)).toEqual([SALES])
  })

  it('asks for nothing that the form already contains', async () => {
    const { stack, settings } = await openSettings()
    await field(settings, 'Inbox or Help Desk ID').fill(SUPPORT)
    await field(settings, 'More Inbox or Help Desk IDs').fill(`${SALES}\n`)
    await saveApp(settings, stack)
    expect(await reads(await authorize(settings), 'Connected')).toContain('help desk "Support help desk"')
    expect(connectedInboxes(stack).sort()).toEqual([SALES, SUPPORT])
  })

  it('waits for a channel that HubSpot shows late, and goes on by itself', async () => {
    const { stack, settings } = await openSettings()
    await letItBe(settings, 'New channels show after 5 seconds')
    await saveApp(settings, stack)
    const page = await authorize(settings)
    await choose(page, 'Sales inbox')
    await reads(page, 'Connected')
    expect(headings(stack)).toEqual([
      'Where should conversations appear?',
      'HubSpot is preparing the channel',
      'Connected',
    ])
    expect(stack.hubspot.channels()).toHaveLength(1)
    expect(connectedInboxes(stack)).toEqual([SALES])
  })

  it('keeps what was chosen when the owner saves again', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const page = await authorize(settings)
    await page.getByRole('radio', { name: 'Default: Support help desk' }).check()
    await choose(page, 'Sales inbox', 'Support help desk')
    await reads(page, 'Connected')
    const [channels, inboxes] = [stack.hubspot.channels(), connectedInboxes(stack)]

    await field(settings, "Keep Agents' Files").check()
    expect(await save(settings)).toBe('Saved.')
    expect(await log(settings)).toEqual([
      expect.stringMatching(
        /^info: Connected to the help desk "Support help desk" \(481940\) and the inbox "Sales inbox"/,
      ),
    ])
    expect(stack.botpress.configuration).toMatchObject({ ...stack.hubspot.app, keepAgentFiles: true })
    expect([stack.hubspot.channels(), connectedInboxes(stack)]).toEqual([channels, inboxes])
    expect(await handoff(stack)).toBe(SUPPORT)
  })

  it('begins anew after uninstalling', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const before = await authorize(settings)
    await choose(before, 'Sales inbox')
    await reads(before, 'Connected')
    await follow(settings, settings.getByRole('button', { name: 'Uninstall' }))
    expect(await field(settings, 'Client ID').inputValue()).toBe('')
    expect(await settings.getByRole('region', { name: 'Connection' }).innerText()).toContain('Not authorized yet')
    expect(stack.hubspot.channels()).toEqual([])

    await follow(settings, settings.getByRole('button', { name: "Fill in the HubSpot app's values" }))
    expect(await save(settings)).toBe('Saved.')
    const page = await authorize(settings)
    await choose(page, 'Support help desk')
    await reads(page, 'Connected')
    expect(connectedInboxes(stack)).toEqual([SUPPORT])
  })
})
