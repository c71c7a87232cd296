import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import type { OpenSession } from '../../tests/support/session'
import type { Values } from '../figures'
import { operationWith } from '../send-text'
import { sizes } from '../sizes'
import { median } from '../statistics'
import type { TestBed } from '../test-bed'

/** Customers' files, each size in its own process, because a process's peak memory never decreases. */
export async function measureFiles(bed: TestBed, session: OpenSession): Promise<Values> {
  const values: Values = {}
  const files = await serveFiles()
  let sent = 0
  const send = async (bytes: number): Promise<number> => {
    sent += 1
    const name = `${sent}-of-these.zip`
    const done = operationWith(bed, name)
    await session.customer.send({ type: 'file', payload: { fileUrl: `${files.url}/${bytes}/${name}` } })
    return done
  }
  for (const mb of sizes.filesMb) {
    await bed.restartIntegration()
    await send(50_000)
    const durations: number[] = []
    for (let count = 0; count < sizes.filesOfEach; count += 1) durations.push(await send(mb * 1_000_000))
    const { peakMb } = await bed.integration.usage()
    values[`${mb} MB [MB/s]`] = (mb * 1000) / median(durations)
    values[`${mb} MB, peak memory of the process [MB]`] = peakMb
  }
  files.close()
  return values
}

const BLOCK = Buffer.alloc(50_000)

/** Serves customers' files: the path is the size in bytes, a multiple of 50,000. */
async function serveFiles(): Promise<{ url: string; close: () => void }> {
  const server = createServer(({ url = '' }, answer) => {
    const size = Number(url.split('/')[1])
    answer.writeHead(200, { 'content-type': 'application/zip', 'content-length': size })
    Readable.from(Array.from({ length: size / BLOCK.length }, () => BLOCK)).pipe(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return { url: `http://127.0.0.1:${address.port}`, close: () => void server.close() }
}
