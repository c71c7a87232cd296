import { existsSync } from 'node:fs'
import { playHandoff } from './demo'
import { serveOnLoopback } from './http/serve'
import { pageRoutes } from './page/routes'
import { settingsRoutes } from './settings/routes'
import { startStack } from './stack'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function fail(reason: unknown): never {
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`)
  process.exit(1)
}

/** The sandbox: a scripted handoff on this machine, then a page to go on by hand until it is stopped. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const port = portFrom(process.env['PORT'])
  const stack = await startStack({ hubspot: { switches: { consent: 'ask' } } })
  const page = await serveOnLoopback(pageRoutes(stack).route('/settings', settingsRoutes(stack)), port).catch(
    (thrown: unknown) => {
      const isTaken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE'
      throw isTaken ? new Error(`Port ${port} is in use. Choose another one: PORT=4001 npm start`) : thrown
    },
  )
  say('A handoff between a bot and HubSpot, played on this machine without any account.\n')
  await playHandoff(stack, say)
  say(`\nGo on by hand: http://localhost:${page.port} (Ctrl+C ends it)`)
}

function portFrom(given = '4000'): number {
  const port = Number(given)
  if (/^\d+$/.test(given) && port < 65_536) return port
  throw new Error(`PORT is "${given}", which is no port number. Choose one from 1 to 65535, such as 4000.`)
}

main().catch(fail)
