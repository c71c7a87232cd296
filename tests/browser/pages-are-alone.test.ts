import type { Locator, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { startUrl } from '../support/visitor'
import { usesBrowser } from './browser'
import { agree, choose, reads } from './steps'

const THE_LIST = 'Where should conversations appear?'

const openWindow = usesBrowser()

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
  await stack.botpress.register()
})
afterEach(async () => stack.close())

/** From the Authorize button past HubSpot, which grants at once, to the list of inboxes. */
async function openList(page?: Page): Promise<Page> {
  const window = page ?? (await openWindow())
  await window.goto(startUrl(stack))
  await reads(window, THE_LIST)
  return window
}

const connectedInboxes = (): string[] =>
  stack.hubspot.channels().flatMap(({ id }) => stack.hubspot.accounts(id).map(({ inboxId }) => inboxId))

describe("a page of another integration on the gateway's host", () => {
  /** A page of the same origin, and another one that has nothing to hide. */
  async function openNeighbour(): Promise<{ neighbour: Page; harmless: string }> {
    const neighbour = await openWindow()
    const { origin } = new URL(stack.botpress.redirectUrl)
    await neighbour
      .context()
      .route(`${origin}/neighbour*`, (route) =>
        route.fulfill({ contentType: 'text/html', body: '<title>Neighbour</title><main><h1>Neighbour</h1></main>' }),
      )
    await neighbour.goto(`${origin}/neighbour`)
    return { neighbour, harmless: `${origin}/neighbour?another` }
  }

  /** What its script is told about a window that it has. */
  const see = (neighbour: Page, window: string): Promise<unknown> =>
    neighbour.evaluate(`[
      () => ${window}.location.href,
      () => ${window}.document.body.innerText,
      () => ${window}.document.forms.length,
    ].map((look) => { try { return look() } catch ({ name }) { return name } })`)

  const NOTHING = ['SecurityError', 'SecurityError', 'SecurityError']

  it('reads neither address nor content of a page that it opens', async () => {
    const { neighbour, harmless } = await openNeighbour()
    const open = async (url: string, heading: string): Promise<void> => {
      const script = `window.opened = window.open(${JSON.stringify(url)}), undefined`
      const [opened] = await Promise.all([neighbour.waitForEvent('popup'), neighbour.evaluate(script)])
      await reads(opened, heading)
    }
    await open(harmless, 'Neighbour')
    expect(await see(neighbour, 'opened')).toEqual([harmless, 'Neighbour', 0])
    await open(startUrl(stack), THE_LIST)
    expect(await see(neighbour, 'opened')).toEqual(NOTHING)
  })

  it('cannot show a page in a frame', async () => {
    const { neighbour, harmless } = await openNeighbour()
    const url = (await openList()).url()
    const frame = async (src: string): Promise<string> => {
      await neighbour.evaluate(`new Promise((done) => {
        const frame = document.createElement('iframe')
        frame.onload = done
        frame.src = ${JSON.stringify(src)}
        document.body.replaceChildren(frame)
      }).then(() => undefined)`)
      return neighbour.frameLocator('iframe').locator('body').innerText()
    }
    expect(await frame(harmless)).toBe('Neighbour')
    expect(await frame(url)).not.toContain(THE_LIST)
    expect(await see(neighbour, 'frames[0]')).toEqual(NOTHING)
  })
})

describe('a page in an origin of its own', () => {
  it('still sends its form, at once and after it was asked again', async () => {
    const page = await openList()
    expect(await page.evaluate('origin')).toBe('null')
    await choose(page)
    await page.getByRole('alert').waitFor()
    await choose(page, 'Sales inbox')
    await reads(page, 'Connected')
    expect(connectedInboxes()).toEqual(['481939'])
  })

  it('still reloads itself until HubSpot shows the channel', async () => {
    stack.hubspot.switches.channelVisibleAfterMs = 5_000
    const page = await openList()
    await choose(page, 'Sales inbox')
    await reads(page, 'HubSpot is preparing the channel')
    await reads(page, 'Connected')
    expect(stack.hubspot.channels()).toHaveLength(1)
    expect(connectedInboxes()).toEqual(['481939'])
    await page.goBack()
    await reads(page, THE_LIST)
  })

  it.each<[string, Parameters<Locator['click']>[0], string]>([
    ['by the middle button', { button: 'middle' }, ''],
    ['by the control key', { modifiers: ['Control'] }, ''],
    ['by their target', {}, '_blank'],
  ])("still opens links in new tabs %s, where HubSpot's forms work", async (_name, how, target) => {
    stack.hubspot.switches.consent = 'ask'
    const app = stack.botpress.configuration
    stack.botpress.configuration = {}
    const help = await openWindow()
    await help.goto(startUrl(stack))
    await reads(help, 'Your HubSpot app')
    stack.botpress.configuration = app
    await help.evaluate(`for (const link of document.links) link.target = '${target}'`)
    for (const name of ['this link', 'an app without optional scopes']) {
      const link = help.getByRole('link', { name })
      const [tab] = await Promise.all([help.context().waitForEvent('page'), link.click(how)])
      await agree(tab)
      await reads(tab, THE_LIST)
    }
    expect(await reads(help, 'Your HubSpot app')).toContain('Client Secret')
  })

  it('takes no harm from reloading and going back', async () => {
    const page = await openList()
    await page.reload()
    await choose(page, 'Sales inbox')
    await reads(page, 'Connected')
    await page.reload()
    await reads(page, 'Connected')
    await page.goBack()
    await reads(page, THE_LIST)
    await page.reload()
    await choose(page, 'Support help desk')
    expect(await reads(page, 'Connected')).toContain('help desk "Support help desk"')
    expect(stack.hubspot.channels()).toHaveLength(1)
  })

  it('is connected once when two tabs choose at the same time', async () => {
    const first = await openList()
    const second = await openList(await first.context().newPage())
    // Long enough for both to begin before either is done.
    stack.hubspot.switches.latencyMs = 500
    await Promise.all([choose(first, 'Sales inbox'), choose(second, 'Sales inbox')])
    await Promise.all([reads(first, 'Connected'), reads(second, 'Connected')])
    expect(stack.hubspot.channels()).toHaveLength(1)
    expect(connectedInboxes()).toEqual(['481939'])
  })
})
