import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { bundles } from '../bundles'
import { callCosts } from '../child/messages'
import type { Values } from '../figures'
import { sizes } from '../sizes'

const ANSWER = JSON.stringify({ id: '1234567890', conversationsThreadId: '1234567', text: 'x'.repeat(400) })

/** The cost of axios: the minimum of several rounds, because other load only increases it. */
export async function measureCall(): Promise<Values> {
  const { ms, warmUp, rounds, calls } = sizes.call
  const server = await serveAnswers(ms)
  const asked = [server.url, ...[warmUp, rounds, calls].map(String)]
  const { stdout } = await promisify(execFile)(process.execPath, [bundles.call, ...asked])
  server.close()
  const { axios, node } = callCosts.parse(JSON.parse(stdout))
  return { 'processor time, axios [ms]': axios, "processor time, Node's own [ms]": node }
}

async function serveAnswers(afterMs: number): Promise<{ url: string; close: () => void }> {
  const server = createServer((asked, answer) => {
    asked.resume()
    asked.on('end', () => {
      setTimeout(() => answer.writeHead(200, { 'content-type': 'application/json' }).end(ANSWER), afterMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return { url: `http://127.0.0.1:${address.port}/`, close: () => void server.close() }
}
