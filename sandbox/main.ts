import { existsSync } from 'node:fs'
import type { Hono } from 'hono'
import { modeFrom, USAGE } from './command-line'
import { playHandoff } from './demo'
import { untilEnded } from './ending'
import { portNumber, serveAt } from './http/port'
import type { HubSpotApp } from './hubspot/options'
import { sandboxPages } from './pages'
import { connectAccount } from './real/connect'
import { realSettings, type RealSettings } from './real/settings'
import { startRealStack } from './real/stack'
import { renewable } from './renewable'
import { startFullStack } from './stack'
import { publishersApp, startTwo } from './two-installations'

const INTRODUCTION = 'Handoffs between a bot and HubSpot, simulated on this machine without an account.\n'

const ended = untilEnded()

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Runs the sandbox in one of its modes. Resolves to the exit status. */
async function main(): Promise<number> {
  const mode = modeFrom(process.argv.slice(2))
  if (existsSync('.env')) process.loadEnvFile('.env')
  switch (mode) {
    case 'help':
      say(USAGE)
      return 0
    case 'headless':
      return headless()
    case 'demo':
      return onPage(true)
    case 'page': {
      const settings = realSettings(process.env)
      if (settings) return withAccount(settings)
      const app = publishersApp(process.env)
      return app ? withPublishersApp(app) : onPage(false)
    }
  }
}

async function headless(): Promise<number> {
  const stack = await startFullStack()
  say(INTRODUCTION)
  const outcome = await Promise.race([playHandoff(stack, say), ended])
  await stack.close()
  return outcome === 'ended' ? 1 : 0
}

async function onPage(isReplayed: boolean): Promise<number> {
  const port = givenPort()
  // HubSpot's consent page asks the user, instead of approving automatically.
  const begin = () => startFullStack({ switches: { consent: 'ask' } })
  const stack = renewable(await begin(), begin)
  say(INTRODUCTION)
  const steps = playHandoff(stack, say)
  const page = await servePage(sandboxPages(stack, { steps, isReplayed }), port)
  const outcome = await Promise.race([steps, ended])
  if (outcome !== 'ended') {
    say(`\n${isReplayed ? 'Watch it' : 'Continue'} in a browser, which you open yourself. Ctrl+C stops the sandbox.`)
    say(page.address)
  }
  await ended
  await page.close()
  await stack.close()
  return 0
}

async function withAccount(settings: RealSettings): Promise<number> {
  const port = givenPort()
  const stack = await startRealStack(settings, (line) => say(line.replace(/^\w+: /, '')))
  const page = await servePage(sandboxPages(stack), port)
  const outcome = await Promise.race([connectAccount(stack, settings, say), ended])
  if (outcome !== 'ended') {
    say(`\nReply as an agent at ${settings.appUrl}. Chat as the customer in a browser, which you open yourself.`)
    say(`Ctrl+C stops the sandbox.\n${page.address}`)
  }
  await ended
  await page.close()
  await stack.close()
  return 0
}

/** Two bots of two HubSpot accounts, a page for each. Nothing is connected yet: *Set up* leads there. */
async function withPublishersApp(app: HubSpotApp): Promise<number> {
  const port = givenPort()
  const two = await startTwo("two bots with the publisher's app", { app, switches: { consent: 'ask' } })
  const pages = []
  say(INTRODUCTION)
  for (const [index, stack] of [two.first, two.second].entries()) {
    stack.botpress.configuration = {}
    const page = await servePage(sandboxPages(stack), port === 0 ? 0 : port + index)
    pages.push(page)
    say(`Bot "${stack.botpress.botId}", HubSpot account ${stack.hubspot.portalId}: ${page.address}/settings`)
  }
  say(`\nBoth use the publisher's app: save and click Authorize on each page. Ctrl+C stops the sandbox.`)
  await ended
  for (const page of pages) await page.close()
  await two.close()
  return 0
}

async function servePage(routes: Hono, number: number) {
  const { port, close } = await serveAt(routes, { name: 'PORT', number })
  return { address: `http://localhost:${port}`, close }
}

function givenPort(): number {
  const given = process.env['PORT'] ?? '4000'
  const number = portNumber(given)
  if (number !== undefined) return number
  throw new Error(`PORT is "${given}", which is not a port number. Choose one from 1 to 65535, such as 4000.`)
}

main().then(
  (status) => process.exit(status),
  (reason: unknown) => {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`)
    process.exit(1)
  },
)
