import type { Locator, Page } from 'playwright-core'
import { vi } from 'vitest'
import type { Stack } from '../../sandbox/stack'

/** The four values of the owner's app and the titles of their fields. */
export const APP_FIELDS = [
  ['developerApiKey', 'Developer API Key'],
  ['appId', 'App ID'],
  ['clientId', 'Client ID'],
  ['clientSecret', 'Client Secret'],
] as const

export async function fillInApp(settings: Page, { hubspot }: Stack): Promise<void> {
  for (const [name, title] of APP_FIELDS) await field(settings, title).fill(hubspot.app[name])
}

export const field = (settings: Page, title: string): Locator => settings.getByLabel(title, { exact: true })

/** Clicks and waits for the next page. */
export async function follow(page: Page, control: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), control.click()])
}

/** Saves and resolves to the outcome that the page shows. */
export async function save(settings: Page): Promise<string> {
  await follow(settings, settings.getByRole('button', { name: 'Save' }))
  return (await settings.locator('.outcome').textContent()) ?? ''
}

/** Fills in and saves the app's values, which authorizing requires. */
export async function saveApp(settings: Page, stack: Stack): Promise<void> {
  await fillInApp(settings, stack)
  const told = await save(settings)
  if (told !== 'Saved.') throw new Error(told)
}

/** Resolves to the window that the Authorize button opens. */
export async function clickAuthorize(settings: Page): Promise<Page> {
  const [opened] = await Promise.all([
    settings.waitForEvent('popup'),
    settings.getByRole('link', { name: 'Authorize' }).click(),
  ])
  return opened
}

/** Reloads a page that also reloads itself: one reload aborts another that begins at the same moment. */
export const persistently = <T>(reload: () => Promise<T>): Promise<T> =>
  vi.waitFor(reload, { timeout: 30_000, interval: 50 })

/** On HubSpot's pages: chooses an account and approves the app. */
export async function agree(page: Page, account = 'Example Company'): Promise<void> {
  await page.getByRole('link', { name: account }).click()
  await page.getByRole('button', { name: 'Connect app' }).click()
}

/** From the settings to the list of inboxes. */
export async function authorize(settings: Page, account?: string): Promise<Page> {
  const page = await clickAuthorize(settings)
  await agree(page, account)
  return page
}

/** On the list of inboxes: ticks these and connects them. */
export async function choose(page: Page, ...inboxes: string[]): Promise<void> {
  for (const inbox of inboxes) await page.getByRole('checkbox', { name: inbox }).check()
  await page.getByRole('button', { name: 'Connect' }).click()
}

/** Resolves to the page's text once it has this heading. */
export async function reads(page: Page, heading: string): Promise<string> {
  await page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor()
  return (await page.getByRole('main').innerText()).replaceAll(/\s+/g, ' ')
}

/** The owner's log as the settings show it. */
export async function log(settings: Page): Promise<string[]> {
  await follow(settings, settings.getByRole('link', { name: 'Refresh' }))
  return settings.getByRole('region', { name: 'Log' }).getByRole('listitem').allTextContents()
}

/** Turns on one of the account's problems. */
export async function letItBe(settings: Page, condition: string): Promise<void> {
  await settings.getByRole('checkbox', { name: condition }).check()
  await follow(settings, settings.getByRole('button', { name: 'Apply' }))
}
