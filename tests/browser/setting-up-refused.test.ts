import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { clockAhead } from '../support/clock'
import { openSession } from '../support/session'
import { usesSettings } from './settings'
import {
  APP_FIELDS,
  agree,
  authorize,
  choose,
  clickAuthorize,
  field,
  fillInApp,
  follow,
  letItBe,
  log,
  reads,
  save,
  saveApp,
} from './steps'

const openSettings = usesSettings()

/** The page's own button, and everything that comes after it. */
async function authorizeAgain(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Authorize' }).click()
  await agree(page)
  await choose(page, 'Sales inbox')
  await reads(page, 'Connected')
}

describe('authorizing that took too long', () => {
  it('begins anew when the list of inboxes was left open', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const page = await authorize(settings)
    await reads(page, 'Where should conversations appear?')
    const back = clockAhead(31 * 60_000)
    await choose(page, 'Sales inbox')
    expect(await reads(page, 'Not connected').finally(back)).toMatch(/This page has expired.*Click Authorize again/)
    expect(stack.hubspot.channels()).toEqual([])
    await authorizeAgain(page)
  })

  it('continues when HubSpot was left open, however long', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const page = await clickAuthorize(settings)
    await reads(page, 'Choose an account')
    const back = clockAhead(24 * 60 * 60_000)
    await agree(page)
    await reads(page, 'Where should conversations appear?')
    await choose(page, 'Sales inbox')
    await reads(page, 'Connected').finally(back)
    expect(stack.hubspot.channels()).toHaveLength(1)
  })

  it('does not begin at an address that has been used', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const page = await clickAuthorize(settings)
    const [callback] = await Promise.all([page.waitForRequest(/\?code=/), agree(page)])
    await reads(page, 'Where should conversations appear?')
    await page.goto(callback.url())
    expect(await reads(page, 'Not connected')).toContain('already been used or has expired. Click Authorize again')
    await authorizeAgain(page)
  })
})

describe('a mistake in the form', () => {
  it('is named at saving, one after the other, until all is right', async () => {
    const { stack, settings } = await openSettings()
    await fillInApp(settings, stack)
    for (const [name, title] of APP_FIELDS) {
      await field(settings, title).fill('1')
      expect(await save(settings)).toContain(`"${title}"`)
      expect(await settings.getByRole('alert').count()).toBe(1)
      await field(settings, title).fill(stack.hubspot.app[name])
    }
    expect(await save(settings)).toBe('Saved.')
    expect(await settings.getByRole('alert').count()).toBe(0)
  })

  it('is named again when the owner authorizes all the same', async () => {
    const { stack, settings } = await openSettings()
    await fillInApp(settings, stack)
    await field(settings, 'Client Secret').fill('1')
    expect(await save(settings)).toContain('"Client Secret" does not match "Client ID"')
    const page = await authorize(settings)
    expect(await reads(page, 'Not connected')).toContain('"Client Secret" does not match "Client ID"')
    await saveApp(settings, stack)
    await authorizeAgain(page)
  })

  it('is half an app, which saving and authorizing both name', async () => {
    const { stack, settings } = await openSettings()
    await fillInApp(settings, stack)
    await field(settings, 'App ID').fill('')
    await field(settings, 'Client ID').fill('')
    expect(await save(settings)).toMatch(/^Fill in "App ID", "Client ID" .* save again\.$/)
    const page = await clickAuthorize(settings)
    expect(await reads(page, 'Not connected')).toContain('Fill in "App ID", "Client ID"')
    await saveApp(settings, stack)
    await authorizeAgain(page)
  })

  it('lists the inboxes there are', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    await field(settings, 'Inbox or Help Desk ID').fill('1')
    await save(settings)
    expect(await reads(await authorize(settings), 'Not connected')).toMatch(/Available: 481939 .* 481940 /)
  })
})

describe('an account that is not ready', () => {
  it('has a plan without custom channels', async () => {
    const { stack, settings } = await openSettings()
    await letItBe(settings, 'The plan has no custom channels')
    await saveApp(settings, stack)
    const page = await authorize(settings)
    await choose(page, 'Sales inbox')
    expect(await reads(page, 'Not connected')).toMatch(
      /is not allowed to use custom channels.*Professional or Enterprise/,
    )
    expect(stack.hubspot.channels()).toEqual([])
    stack.hubspot.switches.acceptsCustomChannels = true
    await authorizeAgain(page)
  })

  it('has neither an inbox nor a help desk', async () => {
    const { stack, settings } = await openSettings()
    await letItBe(settings, 'There is neither an inbox nor a help desk')
    await saveApp(settings, stack)
    const page = await authorize(settings)
    expect(await reads(page, 'Not connected')).toMatch(/has no inbox and no help desk.*Create one in HubSpot/)
    for (const inbox of stack.hubspot.inboxes) inbox.archived = false
    await authorizeAgain(page)
  })

  it('has revoked the connection', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const before = await authorize(settings)
    await choose(before, 'Sales inbox')
    await reads(before, 'Connected')
    await follow(settings, settings.getByRole('button', { name: 'Revoke the connection' }))
    for (const _ of ['once', 'again']) expect(await save(settings)).toMatch(/was revoked.* Click Authorize/)
    const page = await authorize(settings)
    await choose(page, 'Support help desk')
    await reads(page, 'Connected')
    expect(await save(settings)).toBe('Saved.')
    expect(stack.hubspot.channels()).toHaveLength(1)
  })
})

describe('scopes that are missing', () => {
  it('are refused by HubSpot when the app has others than the link', async () => {
    const { stack, settings } = await openSettings({ hubspot: { requiredScopes: ['oauth', 'conversations.read'] } })
    await saveApp(settings, stack)
    const page = await clickAuthorize(settings)
    expect(await reads(page, 'The app could not be connected')).toContain("do not match the app's")
  })

  it('are named at saving a refresh token that was made with fewer', async () => {
    const { stack, settings } = await openSettings()
    await fillInApp(settings, stack)
    await field(settings, 'Refresh Token').fill(stack.hubspot.tokens.issueRefreshToken(['oauth', 'conversations.read']))
    expect(await save(settings)).toMatch(
      /lacks the scopes conversations\.write, .*files\.read, files\.write\. .*click Authorize/,
    )
    const page = await authorize(settings)
    await choose(page, 'Sales inbox')
    await reads(page, 'Connected')
    await settings.getByRole('checkbox', { name: 'Remove Refresh Token' }).check()
    expect(await save(settings)).toBe('Saved.')
    expect(stack.botpress.configuration).not.toHaveProperty('refreshToken')
  })

  it('are named in the log when unknown customers are to become contacts, who come as visitors until then', async () => {
    const { stack, settings } = await openSettings()
    await letItBe(settings, "The app's optional scopes are not granted")
    await field(settings, 'Unknown Customers').selectOption('create')
    await saveApp(settings, stack)
    const page = await clickAuthorize(settings)
    await page.getByRole('link', { name: 'Example Company' }).click()
    expect(await page.getByRole('main').innerText()).toContain('Create and change contacts')
    await page.getByRole('button', { name: 'Connect app' }).click()
    await choose(page, 'Sales inbox')
    await reads(page, 'Connected')
    expect(await log(settings)).toContainEqual(
      expect.stringMatching(/^warn: "Unknown Customers" is "create".*crm\.objects\.contacts\.write.*as visitors\.$/),
    )
    const newcomer = stack.botpress.chat.open({ name: 'Newcomer' })
    const escalate = async () =>
      expect(await newcomer.escalate({ userEmail: 'new@customers.example.org' })).toMatchObject({ ok: true })
    await escalate()
    expect(stack.hubspot.contacts.list()).toEqual([])
    await newcomer.end()

    stack.hubspot.switches.grantsOptionalScopes = true
    const again = await authorize(settings)
    await choose(again, 'Sales inbox')
    await reads(again, 'Connected')
    await escalate()
    expect(stack.hubspot.contacts.list()).toHaveLength(1)
  })
})

describe('another HubSpot account', () => {
  it('cannot take a connection over, until the owner enters its number', async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const first = await authorize(settings)
    await choose(first, 'Sales inbox')
    await reads(first, 'Connected')

    const page = await authorize(settings, 'Sample Stores')
    expect(await reads(page, 'Not connected')).toMatch(/connected to HubSpot account 243842089.*enter 243842777/)
    expect(await save(settings)).toBe('Saved.')
    await page.getByRole('link', { name: 'Authorize' }).click()
    await agree(page, 'Sample Stores')
    await reads(page, 'Not connected')

    await field(settings, 'HubSpot Account ID').fill('243842777')
    expect(await save(settings)).toBe('Saved.')
    expect(await log(settings)).toContainEqual(expect.stringContaining('click Authorize and choose 243842777'))
    await page.getByRole('link', { name: 'Authorize' }).click()
    await agree(page, 'Sample Stores')
    await reads(page, 'Where should conversations appear?')
    expect(await page.getByRole('checkbox').count()).toBe(1)
    await page.getByRole('button', { name: 'Connect' }).click()
    expect(await reads(page, 'Connected')).toContain(
      'inbox "Store inbox" (592051) of HubSpot account 243842777 (portal.example.com)',
    )

    const { customer, threadId } = await openSession(stack)
    expect(stack.hubspot.thread(threadId).inboxId).toBe('592051')
    stack.hubspot.agent.reply(threadId, { actorId: 'A-3892666', text: 'From the store.' })
    await customer.waitFor(({ text }) => text === 'From the store.')
    expect(stack.hubspot.channels()).toHaveLength(1)
  })
})

describe('the settings', () => {
  it('take nothing that another site has sent', async () => {
    const { stack, settings } = await openSettings()
    await fillInApp(settings, stack)
    for (const path of ['save', 'uninstall', 'fill-in', 'conditions', 'revoke']) {
      const headers = { origin: 'https://evil.example.com' }
      const body = new URLSearchParams({ clientId: 'theirs' })
      const { status } = await fetch(`${settings.url()}/${path}`, { method: 'POST', headers, body, redirect: 'manual' })
      expect(status).toBe(403)
    }
    expect([stack.botpress.configuration, stack.botpress.operations]).toEqual([{}, []])
  })

  it('show what was typed as what it is', async () => {
    const { stack, settings } = await openSettings()
    const typed = '"><script>document.title = "taken"</script>'
    await fillInApp(settings, stack)
    await field(settings, 'Inbox or Help Desk ID').fill(typed)
    await field(settings, 'More Inbox or Help Desk IDs').fill(`</textarea>${typed}`)
    await save(settings)
    expect(await field(settings, 'Inbox or Help Desk ID').inputValue()).toBe(typed)
    expect(await field(settings, 'More Inbox or Help Desk IDs').inputValue()).toBe(`</textarea>${typed}`)
    expect(await settings.title()).toContain('settings')
  })
})
