/**
 * A process that runs only one integration behind a bare HTTP server: each POST is one operation, handled by the SDK's
 * handler. It is bundled into one file, so that its resource usage includes no loader.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { Request, Response } from '@botpress/sdk'
import { clockAhead } from '../../tests/support/clock'
import type { Question, Usage } from './messages'

type Handler = (req: Request) => Promise<Response | void>

const [, ownPath = '', bundle = ''] = process.argv
const { handler }: { handler: Handler } = createRequire(ownPath)(bundle)

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const server = createServer((incoming, answer) => {
  void textOf(incoming)
    .then((body) => handler({ body, path: '/', query: '', method: 'POST', headers: headersOf(incoming) }))
    .then((given) => answer.writeHead(given?.status ?? 200, given?.headers).end(given?.body ?? '{}'))
    .catch((thrown: unknown) => answer.writeHead(500).end(JSON.stringify({ message: String(thrown) })))
})

const BYTES_PER_MB = 1_000_000

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  return {
    processorMs: (user + system) / 1000,
    rssMb: rss / BYTES_PER_MB,
    heapMb: heapUsed / BYTES_PER_MB,
    peakMb: (peakKb() * 1024) / BYTES_PER_MB,
  }
}

/** On Linux, a process inherits `maxRSS` from its parent, which here contains the stand-ins and all their files. */
function peakKb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const [, kb] = /VmHWM:\s*(\d+)/.exec(status) ?? []
  return kb === undefined ? process.resourceUsage().maxRSS : Number(kb)
}

process.on('message', ({ id, ask, aheadMs = 0 }: Question) => {
  if (ask === 'collect') globalThis.gc?.()
  if (ask === 'clock') clockAhead(aheadMs)
  process.send?.({ id, usage: usage() })
})
process.on('disconnect', () => process.exit(0))

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.send?.({ port: address.port })
})
