import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { launchBrowser } from '../../scripts/launch-browser.mjs'

/**
 * Opens pages in a real browser for the tests of one file, each in a window of its own with no memory. A page that
 * reports an error, or asks for anything beyond this machine, fails its test.
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
    // A machine that runs other tests beside may take its time.
    context.setDefaultTimeout(30_000)
    // Whatever a page opens counts as well.
    context.on('weberror', (thrown) => complaints.push(thrown.error().message))
    context.on('console', (message) => {
      // What is answered with an error status on purpose, or is not to be framed, is told here as well.
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

/** By how many pixels the page is wider than its window. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
