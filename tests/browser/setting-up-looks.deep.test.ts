import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { overhang } from './browser'
import { objections } from './objections'
import { usesSettings, type OpenSettings } from './settings'
import { choose, clickAuthorize, field, fillInApp, follow, persistently, reads, save } from './steps'

const openSettings = usesSettings()

/** Some of these pages are one sentence and a link. */
const LITTLE_ON_A_PAGE = 15

const THE_WAIT = 'the wait for HubSpot'
const THE_TEST = 'the test'

type Look = (name: string, page: Page) => Promise<void>

/** Comes past every page of setting up and looks at it. */
async function seeEveryPage({ stack, settings }: OpenSettings, look: Look): Promise<void> {
  await look('the settings of a new installation', settings)
  const help = await clickAuthorize(settings)
  await reads(help, 'Your HubSpot app')
  await look('what to do without an app', help)
  await help.close()
  await fillInApp(settings, stack)
  await field(settings, 'App ID').fill('1')
  await save(settings)
  await look('settings that are refused', settings)
  await field(settings, 'Unknown Customers').selectOption('create')
  await field(settings, 'App ID').fill(stack.hubspot.app.appId)
  await save(settings)
  await look('settings that are saved', settings)

  const page = await clickAuthorize(settings)
  await look('the choice of an account', page)
  await page.getByRole('link', { name: 'Example Company' }).click()
  await look("HubSpot's question", page)
  await page.getByRole('button', { name: 'Connect app' }).click()
  await reads(page, 'Where should conversations appear?')
  await look('the choice of inboxes', page)
  await choose(page)
  await look('the choice of inboxes, with nothing chosen', page)
  await seeProgress(stack, page, look)
  await reads(page, 'Connected')
  await look('the end', page)
  await page.route(TEST, (route) => route.fulfill({ status: 204 }))
  await page.getByRole('button', { name: 'Test the inbox' }).click()
  await reads(page, 'Try it')
  await look(THE_TEST, page)

  const expired = `${stack.botpress.redirectUrl}/wizard/inboxes?state=${stack.botpress.webhookId}&session=made-up`
  const other = await page.context().newPage()
  await other.goto(expired)
  await reads(other, 'Not connected')
  await look('a page that has expired', other)
  await other.goto(`${stack.hubspot.url}/oauth/authorize?client_id=made-up`)
  await look("HubSpot's refusal", other)
  await follow(settings, settings.getByRole('button', { name: 'Uninstall' }))
  await look('the settings after uninstalling', settings)
}

/** The addresses that pages reload by themselves. An answer without content keeps such a page as it is, to be looked at. */
const CONNECT = /\/oauth\/wizard\/connect\?.*&inbox=/
const TEST = /\/oauth\/wizard\/try\?.*&test=/

async function seeProgress({ hubspot }: OpenSettings['stack'], page: Page, look: Look): Promise<void> {
  hubspot.switches.channelVisibleAfterMs = 3_600_000
  await page.route(CONNECT, (route) => route.fulfill({ status: 204 }))
  await page.route(CONNECT, (route) => route.continue(), { times: 1 })
  await choose(page, 'Sales inbox', 'Support help desk')
  await reads(page, 'HubSpot is preparing the channel')
  await look(THE_WAIT, page)
  await page.unrouteAll()
  hubspot.switches.channelVisibleAfterMs = 0
  await persistently(() => page.reload())
}

/** How light the page's background is, from 0 to 255. */
async function lightness(page: Page): Promise<number> {
  const color = String(await page.evaluate('getComputedStyle(document.body).backgroundColor'))
  const channels = [...color.matchAll(/\d+/g)].map(([digits]) => Number(digits)).slice(0, 3)
  return channels.reduce((sum, channel) => sum + channel, 0) / channels.length
}

const PAGES = 14

/** A page without scripts has no other way to wait, and says that it does. */
const onlyWayToWait = (seconds: number) => ({
  barriers: [`critical meta-refresh: <meta http-equiv="refresh" content="${seconds}">`],
})

describe('every page of setting up', () => {
  it.each([
    ['light', 1280, (level: number) => level > 200],
    ['dark', 360, (level: number) => level < 50],
  ] as const)(
    'can be used by everybody, in %s colours at a width of %i pixels',
    async (colorScheme, width, isRight) => {
      const window = { colorScheme, viewport: { width, height: 740 }, bypassCSP: true }
      const seen: Record<string, unknown> = {}
      await seeEveryPage(await openSettings({ window }), async (name, page) => {
        seen[name] = {
          barriers: await objections(page, LITTLE_ON_A_PAGE),
          overhang: await overhang(page),
          isInTheRightColours: isRight(await lightness(page)),
        }
      })
      const good = { barriers: [], overhang: 0, isInTheRightColours: true }
      const expected = Object.fromEntries(Object.keys(seen).map((name) => [name, good]))
      expect(seen).toEqual({
        ...expected,
        [THE_WAIT]: { ...good, ...onlyWayToWait(1) },
        [THE_TEST]: { ...good, ...onlyWayToWait(2) },
      })
      expect(Object.keys(seen)).toHaveLength(PAGES)
    },
    240_000,
  )
})
