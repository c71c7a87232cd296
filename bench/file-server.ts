import { createServer } from 'node:http'
import { Readable } from 'node:stream'

const BLOCK = Buffer.alloc(50_000)

/** Where customers' files are: the path is the size in bytes, a multiple of 50,000. */
export async function serveFiles(): Promise<{ url: string; close: () => void }> {
  const server = createServer(({ url = '' }, answer) => {
    const size = Number(url.split('/')[1])
    answer.writeHead(200, { 'content-type': 'application/zip', 'content-length': size })
    Readable.from(Array.from({ length: size / BLOCK.length }, () => BLOCK)).pipe(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port')
  return { url: `http://127.0.0.1:${address.port}`, close: () => void server.close() }
}
