import type { BrowserContextOptions } from 'playwright-core'
import { afterEach, beforeEach } from 'vitest'
import { serveOnLoopback, type Served } from '../../sandbox/http/serve'
import { sandboxPages } from '../../sandbox/pages'
import { renewable, type RenewableStack } from '../../sandbox/renewable'
import { startFullStack } from '../../sandbox/stack'
import { handsOn, type Hands } from '../../scripts/page-hands.mjs'
import { usesBrowser } from './browser'

export type Window = BrowserContextOptions & { path?: string }

export type PageUnderTest = {
  stack: () => RenewableStack
  /** Opens the page in its own window. */
  open: (window?: Window) => Promise<Hands>
}

/** A new sandbox with its page for each test. */
export function usesPage(): PageUnderTest {
  let stack: RenewableStack
  let served: Served
  beforeEach(async () => {
    stack = renewable(await startFullStack())
    served = await serveOnLoopback(sandboxPages(stack))
  })
  // Registered first, so that it runs last: the windows must close before their server.
  afterEach(async () => {
    await served.close()
    await stack.close()
  })
  const openPage = usesBrowser()
  return {
    stack: () => stack,
    open: async ({ path = '/', ...options } = {}) => {
      const page = await openPage({ viewport: { width: 1440, height: 900 }, ...options })
      await page.goto(`${served.url}${path}`)
      return handsOn(page)
    },
  }
}
