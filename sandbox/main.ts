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

const INTRODUCTION = 'Handoffs between a bot and HubSpot, simulated on this machine without an account.\n'

/** The pause between two events, so that a viewer can follow. */
const BEAT_MS = 2500

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
  // HubSpot's consent page asks the user, instead of approving automatically.
  const begin = () => startStack({ hubspot: { switches: { consent: 'ask' } } })
  const stack = renewable(await begin(), begin)
  const page = await servePage(sandboxPages(stack))
  if (beatMs > 0) say(`Watch it at ${page.address}\n`)
  say(INTRODUCTION)
  const outcome = await Promise.race([playHandoff(stack, say, () => sleep(beatMs)), ended])
  if (outcome !== 'ended') say(`\nContinue in the browser: ${page.address} (press Ctrl+C to stop)`)
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
    say(`\nChat as the customer at ${page.address}, reply at ${settings.appUrl} (press Ctrl+C to stop)`)
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
    throw new Error(`PORT is "${given}", which is not a port number. Choose one from 1 to 65535, such as 4000.`)
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
