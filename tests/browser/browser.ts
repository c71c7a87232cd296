import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { launchBrowser } from '../../scripts/launch-browser.mjs'

/**
 * Opens pages in a real browser for the tests of one file, each in its own new context. A test fails if its page
 * reports an error or sends a request beyond this machine.
 */
export function usesBrowser(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser(inject('browserPath'))
  })
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    expect(complaints.splice(0)).toEqual([])
  })
  afterAll(async () => browser.close())

  return async (options) => {
    const context = await browser.newContext(options)
    // The machine may run other tests at the same time.
    context.setDefaultTimeout(30_000)
    // Includes windows that the page opens.
    context.on('weberror', (thrown) => complaints.push(thrown.error().message))
    context.on('console', (message) => {
      // Chromium also logs responses with an intended error status, and frames that are refused on purpose.
      const isMeant = /Failed to load resource|frame-ancestors 'none'/.test(message.text())
      if (message.type() === 'error' && !isMeant) complaints.push(message.text())
    })
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url())
      if (/^https?:$/.test(protocol) && !['127.0.0.1', 'localhost'].includes(hostname)) complaints.push(request.url())
    })
    return context.newPage()
  }
}

/** The number of pixels by which the page is wider than its window. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
