import { mkdir, writeFile } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core'
import { serveOnLoopback } from '../sandbox/http/serve'
import { sandboxPages } from '../sandbox/pages'
import { renewable } from '../sandbox/renewable'
import { startStack, type Stack } from '../sandbox/stack'
import { DESCRIPTION, MESSAGES, TITLE } from './long-session.mjs'
import { findBrowser } from './find-browser.mjs'
import { launchBrowser } from './launch-browser.mjs'
import { handsOn, type Hands } from './page-hands.mjs'

/** Takes the screenshots for README and docs while it plays a handoff on the sandbox's page. */

const FOLDER = 'docs/images'

/** Keeps clones small. */
const MAX_BYTES = 150_000

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const WIDE = { viewport: { width: 1440, height: 900 } }
const TALL = { viewport: { width: 1440, height: 2600 } }
const PHONE = { viewport: { width: 390, height: 780 } }

async function takePictures(browser: Browser, url: string, stack: Stack): Promise<void> {
  const open = async (options: BrowserContextOptions): Promise<Hands> => {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    await page.goto(url)
    return handsOn(page)
  }
  const hands = await open(WIDE)
  await playHandoff(hands)
  await save(hands, 'page')
  const dark = await open({ ...WIDE, colorScheme: 'dark' })
  await dark.agent.opens('Ada Example')
  await dark.agent.sees('sent')
  await hands.troubles.play('HubSpot fails (500)')
  await dark.customer.sees(/Written while: HubSpot fails/)
  await save(dark, 'page-dark')
  const phone = await open(PHONE)
  await phone.customer.sees(/Written while: HubSpot fails/)
  await save(phone, 'page-phone')
  await openLongSession(stack)
  const tall = await open(TALL)
  await tall.agent.opens('Kim Specimen')
  await tall.agent.sees(/Conversation so far/)
  await save(tall, 'opening', tall.agent.thread.getByRole('article').first())
  await save(tall, 'note', tall.agent.thread.getByRole('article').last())
}

async function openLongSession({ botpress }: Stack): Promise<void> {
  const { output } = await botpress.action('createUser', { name: 'Kim Specimen', email: 'kim@example.com' })
  const { userId } = Object(output)
  const messageHistory = MESSAGES.map(({ source, ...message }) => ({
    ...message,
    source: source.type === 'user' ? { ...source, userId } : source,
  }))
  await botpress.action('startHitl', { userId, title: TITLE, description: DESCRIPTION, messageHistory })
}

async function playHandoff({ customer, agent }: Hands): Promise<void> {
  await customer.says('My vase came broken. What now?')
  await customer.sees(/send anything back/)
  await customer.asksForAPerson()
  await agent.opens('Ada Example')
  await agent.assigns('Grace Sample')
  await customer.sees('A human agent has joined the conversation.')
  await customer.says('It is the blue one, order 1042.')
  await agent.sees('It is the blue one, order 1042.')
  await agent.attaches({ name: 'label.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
  await agent.replies('I am sorry, Ada. A new one is on its way; here is a label for the old one.')
  await customer.sees('label.pdf')
  await agent.sees('sent')
}

/** As WebP, which is half the size of a PNG. */
async function save({ page }: Hands, name: string, part?: Locator): Promise<void> {
  const browserSide = await page.context().newCDPSession(page)
  const box = await part?.boundingBox()
  const clip = box ? { clip: { ...box, scale: 1 } } : {}
  const { data } = await browserSide.send('Page.captureScreenshot', { format: 'webp', quality: 82, ...clip })
  const picture = Buffer.from(data, 'base64')
  const path = `${FOLDER}/${name}.webp`
  if (picture.length > MAX_BYTES)
    throw new Error(`${path} would have ${picture.length} bytes, but the limit is ${MAX_BYTES}`)
  await writeFile(path, picture)
  say(`${path} ${Math.round(picture.length / 1000)} KB`)
}

await mkdir(FOLDER, { recursive: true })
const stack = renewable(await startStack())
const served = await serveOnLoopback(sandboxPages(stack))
const browser = await launchBrowser(findBrowser(say))
try {
  await takePictures(browser, served.url, stack)
} finally {
  await browser.close()
  await served.close()
  await stack.close()
}
