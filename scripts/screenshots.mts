import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { playHandoff } from '../sandbox/demo'
import { serveOnLoopback } from '../sandbox/http/serve'
import { sandboxPages } from '../sandbox/pages'
import { renewable } from '../sandbox/renewable'
import { startFullStack, type Stack } from '../sandbox/stack'
import { DESCRIPTION, MESSAGES, TITLE } from './long-session.mjs'
import { findBrowser } from './find-browser.mjs'
import { launchBrowser } from './launch-browser.mjs'
import { handsOn } from './page-hands.mjs'

/** Takes the screenshots for README: the page as it opens after the handoff. Pictures that look the same are kept. */

const FOLDER = 'docs/images'

/** Keeps clones small. */
const MAX_BYTES = 150_000

/** Batches of webhooks, and so the numbers of calls, differ a little from run to run. */
const SAME = 0.002

/** When the handoff in the pictures began. */
const BEGAN_AT = Date.parse('2026-01-15T10:24:00Z')

const TOOK_MS = 8

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function takePicture(browser: Browser, url: string, colorScheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    colorScheme,
  })
  const page = await context.newPage()
  const view = JSON.stringify(await firstView(url))
  await page.addInitScript(`globalThis.EventSource = class extends EventTarget {
    told = setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data: ${view} })))
  }`)
  await page.goto(url)
  const { customer, calls } = handsOn(page)
  await customer.sees('You are back with the bot.')
  const wrote = calls.groups.filter({ hasText: 'Customer wrote' }).first()
  await wrote.locator('summary').first().click()
  await wrote.getByText('Publish the message').waitFor()
  await page.mouse.move(0, 0)
  await save(page, colorScheme === 'light' ? 'page' : 'page-dark')
  await context.close()
}

/** What an agent sees of a long conversation: the opening and the story so far. */
async function takeLongSession(browser: Browser, url: string, { botpress }: Stack): Promise<void> {
  const { output } = await botpress.action('createUser', { name: 'Kim Specimen', email: 'kim@example.com' })
  const { userId } = Object(output)
  const messageHistory = MESSAGES.map(({ source, ...message }) => ({
    ...message,
    source: source.type === 'user' ? { ...source, userId } : source,
  }))
  await botpress.action('startHitl', { userId, title: TITLE, description: DESCRIPTION, messageHistory })
  const context = await browser.newContext({ viewport: { width: 1440, height: 2600 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(url)
  const { agent } = handsOn(page)
  await agent.opens('Kim Specimen')
  await agent.sees(/Conversation so far/)
  await save(page, 'opening', agent.thread.getByRole('article').first())
  await save(page, 'note', agent.thread.getByRole('note'))
  await context.close()
}

/** What the page is told first, with a fixed clock. */
async function firstView(url: string): Promise<string> {
  const reader = (await fetch(`${url}/changes`)).body?.pipeThrough(new TextDecoderStream()).getReader()
  let event = ''
  while (!event.endsWith('\n\n')) event += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  const times = [...event.matchAll(/"(?:at|savedAt)":(\d{13})/g)].map(([, time]) => Number(time))
  const shift = BEGAN_AT - Math.min(...times)
  return event
    .replaceAll(/^data: |\n\n$/g, '')
    .replaceAll(/\b\d{13}\b/g, (time) => String(Number(time) + shift))
    .replaceAll(/"durationMs":[\d.]+/g, `"durationMs":${TOOK_MS}`)
}

async function save(page: Page, name: string, part?: Locator): Promise<void> {
  const browserSide = await page.context().newCDPSession(page)
  const box = await part?.boundingBox()
  const clip = box ? { clip: { ...box, scale: 1 } } : {}
  // WebP is half the size of PNG.
  const { data } = await browserSide.send('Page.captureScreenshot', { format: 'webp', quality: 82, ...clip })
  const picture = Buffer.from(data, 'base64')
  const path = `${FOLDER}/${name}.webp`
  if (picture.length > MAX_BYTES)
    throw new Error(`${path} would have ${picture.length} bytes, but the limit is ${MAX_BYTES}`)
  const difference = existsSync(path) ? await differenceOf(page, await readFile(path), picture) : 1
  if (difference >= SAME) await writeFile(path, picture)
  say(`${path} ${difference < SAME ? 'looks the same' : `${Math.round(picture.length / 1000)} KB`}`)
}

/** The part of the pixels that differ clearly. The browser decodes the pictures. */
async function differenceOf(page: Page, ...pictures: Buffer[]): Promise<number> {
  const blank = await page.context().newPage()
  const urls = pictures.map((picture) => `data:image/webp;base64,${picture.toString('base64')}`)
  const difference = await blank.evaluate<number>(`(async () => {
    const [one, other] = await Promise.all(${JSON.stringify(urls)}.map(async (src) => {
      const image = Object.assign(new Image(), { src })
      await image.decode()
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext('2d')
      context.drawImage(image, 0, 0)
      return context.getImageData(0, 0, image.width, image.height).data
    }))
    if (one.length !== other.length) return 1
    let differing = 0
    for (let index = 0; index < one.length; index += 1) if (Math.abs(one[index] - other[index]) > 40) differing += 1
    return differing / one.length
  })()`)
  await blank.close()
  return difference
}

await mkdir(FOLDER, { recursive: true })
const stack = renewable(await startFullStack())
const served = await serveOnLoopback(sandboxPages(stack, { steps: playHandoff(stack, () => {}), isReplayed: false }))
const browser = await launchBrowser(findBrowser(say))
try {
  for (const colorScheme of ['light', 'dark'] as const) await takePicture(browser, served.url, colorScheme)
  await takeLongSession(browser, served.url, stack)
} finally {
  await browser.close()
  await served.close()
  await stack.close()
}
