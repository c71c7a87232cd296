import { once } from 'node:events'
import { resolve } from 'node:path'
import { SHARE_ENV, Worker } from 'node:worker_threads'
import type { Served } from '../../sandbox/http/serve'

/** Serves the bundle like `sandbox/integration.ts`, in plain JavaScript: a thread cannot load TypeScript. */
const CODE = `
const { parentPort, workerData } = require('node:worker_threads')
const { createServer } = require('node:http')
const { handler } = require(workerData)
const server = createServer(async (req, res) => {
  let body = ''
  req.setEncoding('utf8')
  for await (const chunk of req) body += chunk
  const answer = await handler({ body, path: req.url, query: '', method: req.method, headers: req.headers })
  res.writeHead(answer?.status ?? 200, answer?.headers ?? {}).end(answer?.body ?? '{}')
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

/** The integration in a thread of its own. Closing it ends it at once, whatever it is doing, like a killed process. */
export async function serveKillable(): Promise<Served> {
  const worker = new Worker(CODE, { eval: true, env: SHARE_ENV, workerData: resolve('dist/index.cjs'), stdout: true })
  const [port]: unknown[] = await once(worker, 'message')
  if (typeof port !== 'number') throw new Error('The thread has no port')
  return { url: `http://127.0.0.1:${port}`, port, close: async () => void (await worker.terminate()) }
}
