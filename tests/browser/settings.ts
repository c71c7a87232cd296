import { Hono } from 'hono'
import type { BrowserContextOptions, Page, Request } from 'playwright-core'
import { afterEach, expect, vi } from 'vitest'
import { serveOnLoopback } from '../../sandbox/http/serve'
import type { HubSpotOptions } from '../../sandbox/hubspot/options'
import { settingsRoutes } from '../../sandbox/settings/routes'
import { startStack, type Stack } from '../../sandbox/stack'
import { tokensOf } from '../support/secrets'
import { usesBrowser } from './browser'

// Each test opens several windows, and the machine may be busy.
vi.setConfig({ testTimeout: 90_000 })
const ONE_STEP_MS = 30_000

export type SettingsOptions = { window?: BrowserContextOptions; hubspot?: Partial<HubSpotOptions> }

/** A new installation with its settings page open, and a HubSpot that asks for consent. */
export type OpenSettings = { stack: Stack; settings: Page }

type Watched = { stack: Stack; requests: Request[]; settingsPages: string[]; close: () => Promise<void> }

/** Sets up one installation per test. At the end, checks its pages and addresses for secrets. */
export function usesSettings(): (options?: SettingsOptions) => Promise<OpenSettings> {
  const openWindow = usesBrowser()
  let watched: Watched | undefined

  afterEach(async () => {
    const ended = watched
    watched = undefined
    await ended?.close()
    if (ended) expectNoSecrets(ended)
  })

  return async ({ window, hubspot } = {}) => {
    const stack = await startStack({ isConnected: false, hubspot: { switches: { consent: 'ask' }, ...hubspot } })
    stack.botpress.configuration = {}
    stack.botpress.isEnabled = false
    const settingsPages: string[] = []
    const served = await serveOnLoopback(settingsSite(stack, settingsPages))
    const settings = await openWindow(window)
    settings.context().setDefaultTimeout(ONE_STEP_MS)
    const requests: Request[] = []
    settings.context().on('request', (request) => requests.push(request))
    watched = {
      stack,
      requests,
      settingsPages,
      close: async () => {
        await settings.context().close()
        await served.close()
        await stack.close()
      },
    }
    await settings.goto(`${served.url}/settings`)
    return { stack, settings }
  }
}

function settingsSite(stack: Stack, pages: string[]): Hono {
  const site = new Hono()
  site.use(async (c, next) => {
    await next()
    pages.push(await c.res.clone().text())
  })
  return site.route('/settings', settingsRoutes(stack))
}

/** The authorization code may only appear in the callback's address. */
function expectNoSecrets({ stack, requests, settingsPages }: Watched): void {
  const { hubspot, botpress } = stack
  const addresses = requests.flatMap((request) => [request.url(), request.headers()['referer'] ?? ''])
  const codes = addresses.flatMap((address) => /[?&]code=([^&]+)/.exec(address)?.[1] ?? [])
  const secrets = [hubspot.app.developerApiKey, hubspot.app.clientSecret, botpress.token, ...tokensOf(stack)]
  const isTelling = (text: string) => [...secrets, ...codes].some((secret) => text.includes(secret))

  const isCallback = (address: string) => address.startsWith(`${botpress.redirectUrl}?code=`)
  expect(addresses.filter((address) => !isCallback(address) && isTelling(address))).toEqual([])
  expect(addresses.filter((address) => secrets.some((secret) => address.includes(secret)))).toEqual([])

  const consentPages = hubspot.log.calls.filter(({ path }) => path.endsWith('/authorize'))
  const ownPages = botpress.operations.filter(({ operation }) => operation === 'webhook_received')
  const pages = [...settingsPages, ...[...consentPages, ...ownPages].map(({ responseBody }) => responseBody)]
  expect(pages.filter(isTelling)).toEqual([])
}
