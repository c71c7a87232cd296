import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { overhang } from './browser'
import { usesSettings } from './settings'
import { APP_FIELDS, agree, clickAuthorize, field, follow, reads, saveApp } from './steps'

const openSettings = usesSettings()

describe('every page of setting up', () => {
  it('fits a narrow window even where names are long', async () => {
    const long = 'Beschwerdeannahmestelle'.repeat(4)
    const inboxes = [{ id: '1', name: long, type: 'HELP_DESK' as const }]
    const { stack, settings } = await openSettings({
      window: { viewport: { width: 320, height: 640 } },
      hubspot: { inboxes, portalName: long },
    })
    const yourApp = await clickAuthorize(settings)
    await yourApp.getByText('Or copy it').click()
    expect(await overhang(yourApp)).toBe(0)
    await saveApp(settings, stack)
    const page = await clickAuthorize(settings)
    expect(await overhang(page)).toBe(0)
    await agree(page, long)
    await reads(page, 'Where should conversations appear?')
    expect(await overhang(page)).toBe(0)
    await page.getByRole('button', { name: 'Connect' }).click()
    expect(await reads(page, 'Connected')).toContain(long)
    expect(await overhang(page)).toBe(0)
    await page.getByRole('button', { name: 'Test the help desk' }).click()
    await reads(page, 'Try it')
    expect(await overhang(page)).toBe(0)
    await follow(settings, settings.getByRole('link', { name: 'Refresh' }))
    expect(await overhang(settings)).toBe(0)
  })
})

describe('with the keyboard alone', () => {
  it('an owner comes from an empty form to the end, and always sees where they are', async () => {
    const { stack, settings } = await openSettings()
    for (const [name, title] of APP_FIELDS) {
      await tabTo(settings, field(settings, title))
      await settings.keyboard.type(stack.hubspot.app[name])
    }
    await settings.keyboard.press('Enter')
    await settings.getByRole('status').waitFor()
    await tabTo(settings, settings.getByRole('link', { name: 'Authorize' }))
    const [page] = await Promise.all([settings.waitForEvent('popup'), settings.keyboard.press('Enter')])
    await reads(page, 'Choose an account')
    await tabTo(page, page.getByRole('link', { name: 'Example Company' }))
    await page.keyboard.press('Enter')
    await reads(page, 'Connect Botpress Inbox to HubSpot')
    await tabTo(page, page.getByRole('button', { name: 'Connect app' }))
    await page.keyboard.press('Enter')
    await reads(page, 'Where should conversations appear?')
    await tabTo(page, page.getByRole('checkbox', { name: 'Sales inbox' }))
    await page.keyboard.press('Space')
    await tabTo(page, page.getByRole('radio', { name: 'Default: Sales inbox' }))
    await page.keyboard.press('ArrowDown')
    await tabTo(page, page.getByRole('button', { name: 'Connect' }))
    await page.keyboard.press('Enter')
    expect(await reads(page, 'Connected')).toMatch(
      /appear in the help desk "Support help desk".*name the inbox "Sales inbox" \(481939\)/,
    )
  })
})

/** Presses the tab key until this has the focus, which shows on everything that is passed. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const isThere = async () => (await wanted.and(page.locator(':focus')).count()) > 0
  for (let presses = 0; !(await isThere()); presses += 1) {
    if (presses > 40) throw new Error('The tab key does not lead there')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('getComputedStyle(document.activeElement ?? document.body).outlineStyle')).not.toBe(
      'none',
    )
  }
}
