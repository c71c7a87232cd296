import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Hono } from 'hono'
import { modeFrom, USAGE } from './command-line'
import { playHandoff } from './demo'
import { untilEnded } from './ending'
import { portNumber, serveAt } from './http/port'
import { sandboxPages } from './pages'
import { connectAccount } from './real/connect'
import { realSettings, type RealSettings } from './real/settings'
import { startRealStack } from './real/stack'
import { renewable } from './renewable'
import { startStack } from './stack'

const INTRODUCTION = 'Handoffs between a bot and HubSpot, played on this machine without any account.\n'

/** How long somebody who looks on needs for each thing that happens. */
const BEAT_MS = 2500

const ended = untilEnded()

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** The sandbox, started in one of its ways. Resolves to the exit status once it is done or somebody ends it. */
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
      return onPage(BEAT_MS)
    case 'page': {
      const settings = realSettings(process.env)
      return settings ? withAccount(settings) : onPage(0)
    }
  }
}

async function headless(): Promise<number> {
  const stack = await startStack()
  say(INTRODUCTION)
  const outcome = await Promise.race([playHandoff(stack, say), ended])
  await stack.close()
  return outcome === 'ended' ? 1 : 0
}

async function onPage(beatMs: number): Promise<number> {
  // What is agreed to while authorizing is asked for on HubSpot's own page.
  const begin = () => startStack({ hubspot: { switches: { consent: 'ask' } } })
  const stack = renewable(await begin(), begin)
  const page = await servePage(sandboxPages(stack))
  if (beatMs > 0) say(`Watch it on ${page.address}\n`)
  say(INTRODUCTION)
  const outcome = await Promise.race([playHandoff(stack, say, () => sleep(beatMs)), ended])
  if (outcome !== 'ended') say(`\nGo on by hand: ${page.address} (Ctrl+C ends it)`)
  await ended
  await page.close()
  await stack.close()
  return 0
}

async function withAccount(settings: RealSettings): Promise<number> {
  const stack = await startRealStack(settings, (line) => say(line.replace(/^\w+: /, '')))
  const page = await servePage(sandboxPages(stack))
  const outcome = await Promise.race([connectAccount(stack, settings, say), ended])
  if (outcome !== 'ended') {
    say(`\nWrite as the customer on ${page.address}, answer on ${settings.appUrl} (Ctrl+C ends it)`)
  }
  await ended
  await page.close()
  await stack.close()
  return 0
}

async function servePage(routes: Hono) {
  const given = process.env['PORT'] ?? '4000'
  const number = portNumber(given)
  if (number === undefined) {
    throw new Error(`PORT is "${given}", which is no port number. Choose one from 1 to 65535, such as 4000.`)
  }
  const { port, close } = await serveAt(routes, { name: 'PORT', number })
  return { address: `http://localhost:${port}`, close }
}

main().then(
  (status) => process.exit(status),
  (reason: unknown) => {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`)
    process.exit(1)
  },
)
