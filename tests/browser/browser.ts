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
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('console', (message) => {
      // What a page answers with an error status on purpose is told here as well.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text())
    })
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url())
      if (/^https?:$/.test(protocol) && !['127.0.0.1', 'localhost'].includes(hostname)) complaints.push(request.url())
    })
    return page
  }
}
