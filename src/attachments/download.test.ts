import { readFile, stat } from 'node:fs/promises'
import type { RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { download, type DownloadOptions } from './download'
import {
  ownTemporaryFolder,
  refusal,
  startRawStranger,
  startStranger,
  type Stranger,
  type TemporaryFolder,
} from './testing'

let temporary: TemporaryFolder
let stranger: Stranger | undefined
beforeEach(async () => {
  temporary = await ownTemporaryFolder()
})
afterEach(async () => {
  await stranger?.close()
  await temporary.assertEmptyAndRemove()
})

async function get(handler: RequestListener, options: DownloadOptions = {}, path = '/a.txt') {
  stranger = await startStranger(handler)
  return download(`${stranger.url}${path}`, { allowLoopback: true, ...options })
}

async function getRaw(bytes: string | Buffer, options: DownloadOptions = {}, hangUp = true) {
  stranger = await startRawStranger(bytes, { hangUp })
  return download(`${stranger.url}/a.txt`, { allowLoopback: true, ...options })
}

const MB = 1_000_000
const block = Buffer.alloc(64 * 1024, 'x')

/** In chunks, as fast as they are read and no further. */
function pour(response: ServerResponse, bytes: number): void {
  const blocks = Array.from({ length: Math.ceil(bytes / block.length) }, () => block)
  pipeline(Readable.from(blocks, { objectMode: false }), response).catch(() => {})
}

describe('a download', () => {
  it('is kept in a file that nobody else can read, until it is removed', async () => {
    const file = await get((_, response) => response.writeHead(200, { 'content-type': 'text/csv' }).end('a,b'))
    expect(file).toMatchObject({ size: 3, fileName: 'a.txt', contentType: 'text/csv', isLinkHarmless: false })
    expect(await readFile(file.path, 'utf8')).toBe('a,b')
    expect((await stat(file.path)).mode & 0o777).toBe(0o600)
    await file.remove()
    await file.remove()
    expect(await temporary.files()).toEqual([])
  })

  it('asks for the content as it is, and sends nothing that tells of the owner', async () => {
    const file = await get(({ headers }, response) => response.end(JSON.stringify(headers)))
    const sent: unknown = JSON.parse(await readFile(file.path, 'utf8'))
    await file.remove()
    expect(sent).toEqual({
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'botpress-hubspot-hitl',
      host: expect.any(String),
      connection: 'close',
    })
  })

  it('follows three redirects, relative ones and such in UTF-8 included', async () => {
    const hops: Record<string, string> = {
      '/1': '2',
      '/2': '/3?x=1',
      '/3?x=1': Buffer.from('/ü.pdf').toString('latin1'),
    }
    const handler: RequestListener = ({ url = '' }, response) => {
      const location = hops[url]
      if (location) response.writeHead(307, { location }).end('moved')
      else response.end('%PDF')
    }
    const file = await get(handler, {}, '/1')
    await file.remove()
    expect(file).toMatchObject({ size: 4, fileName: 'ü.pdf', contentType: 'application/pdf' })
    expect(stranger?.requests()).toBe(4)
  })

  it('ends a circle of redirects', async () => {
    const thrown = await refusal(get((_, response) => response.writeHead(301, { location: '/a.txt' }).end()))
    expect(thrown.reason).toBe('tooManyRedirects')
    expect(stranger?.requests()).toBe(4)
  })

  it.each([
    [404, 'gone'],
    [403, 'gone'],
    [410, 'gone'],
    [500, 'unreachable'],
    [503, 'unreachable'],
    [304, 'unreachable'],
    [302, 'unreachable'],
    [204, 'empty'],
    [200, 'empty'],
  ])('takes %i without content for %s', async (status, reason) => {
    const thrown = await refusal(get((_, response) => response.writeHead(status).end()))
    expect(thrown).toMatchObject({ reason, isLinkHarmless: false })
  })

  it('is refused when it is compressed, however little that is', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * MB))
    const encoded = (encoding: string) =>
      refusal(get((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bomb)))
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip', 'GZIP']) {
      expect((await encoded(encoding)).reason).toBe('compressed')
      await stranger?.close()
    }
    const plain = await get((_, response) => response.writeHead(200, { 'content-encoding': 'identity' }).end(bomb))
    expect(plain.size).toBe(bomb.length)
    await plain.remove()
  })
})

describe('the size of a download', () => {
  /** Looking for garbage takes its time. */
  const patient = { totalMs: 25_000 }

  it('is counted, and ends it at the limit: 100 MB in chunks', async () => {
    const measured = await memoryGrowth(async () => {
      const thrown = await refusal(get((_, response) => pour(response, 100 * MB), patient))
      expect(thrown).toMatchObject({ reason: 'tooLarge', sentence: 'is larger than 25 MB' })
    })
    expect(measured).toBeLessThan(32 * MB)
  })

  it('does not show in memory: 100 MB that are allowed', async () => {
    const measured = await memoryGrowth(async () => {
      const file = await get((_, response) => pour(response, 100 * MB), { ...patient, maxBytes: 200 * MB })
      expect(file.size).toBeGreaterThanOrEqual(100 * MB)
      await file.remove()
    })
    expect(measured).toBeLessThan(32 * MB)
  })

  it('is refused early when it is promised to be too large', async () => {
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${26 * MB}\r\n\r\n`
    expect((await refusal(getRaw(head, { totalMs: 5000 }, false))).reason).toBe('tooLarge')
  })

  it('may be exactly the limit', async () => {
    const file = await get((_, response) => response.end('12345'), { maxBytes: 5 })
    await file.remove()
    expect(file.size).toBe(5)
    await stranger?.close()
    expect((await refusal(get((_, response) => response.end('123456'), { maxBytes: 5 }))).reason).toBe('tooLarge')
  })

  it.each([
    ['promises more than comes', 'Content-Length: 100\r\n\r\n12345', 'unreachable'],
    ['is promised twice', 'Content-Length: 5\r\nContent-Length: 9\r\n\r\n12345', 'unreachable'],
    [
      'is promised and chunked',
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n',
      'unreachable',
    ],
    ['is negative', 'Content-Length: -5\r\n\r\n12345', 'unreachable'],
    ['is no number', 'Content-Length: many\r\n\r\n12345', 'unreachable'],
    ['breaks off inside a chunk', 'Transfer-Encoding: chunked\r\n\r\nff\r\n12345', 'unreachable'],
  ])('is not believed when it %s', async (_name, rest, reason) => {
    expect((await refusal(getRaw(`HTTP/1.1 200 OK\r\n${rest}`))).reason).toBe(reason)
  })

  it('ends where it was promised to end', async () => {
    const file = await getRaw(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345${'6'.repeat(10_000)}`)
    expect(await readFile(file.path, 'utf8')).toBe('12345')
    await file.remove()
  })
})

describe('the time of a download', () => {
  const reasonWithin1500 = async (promise: Promise<unknown>) => {
    const started = performance.now()
    const { reason } = await refusal(promise)
    const tookMs = performance.now() - started
    return tookMs < 1500 ? reason : `${reason} after ${tookMs} ms`
  }

  it('ends one that drips', async () => {
    const drip: RequestListener = (_, response) => {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    }
    expect(await reasonWithin1500(get(drip, { totalMs: 400, idleMs: 300 }))).toBe('tooSlow')
  })

  it('ends one that stands still: before its head, and within its body', async () => {
    const idle = { totalMs: 20_000, idleMs: 200 }
    expect(await reasonWithin1500(get(() => {}, idle))).toBe('tooSlow')
    await stranger?.close()
    expect(await reasonWithin1500(get((_, response) => void response.write('x'), idle))).toBe('tooSlow')
    await stranger?.close()
    expect(await reasonWithin1500(getRaw('HTTP/1.1 200 OK\r\nX-A: ', idle, false))).toBe('tooSlow')
  })

  it('lets one be that is slow and steady', async () => {
    const steady: RequestListener = (_, response) => {
      let left = 26
      const timer = setInterval(() => (left-- > 0 ? response.write('x') : response.end()), 50)
      response.on('close', () => clearInterval(timer))
    }
    const file = await get(steady, { idleMs: 1000 })
    await file.remove()
    expect(file.size).toBe(26)
  })

  it('ends one whose name is not found in time', async () => {
    const lookup = () => new Promise<never>(() => {})
    const asked = () => download('https://files.example.com/', { lookup, totalMs: 200 })
    expect(await reasonWithin1500(asked())).toBe('tooSlow')
    expect((await refusal(asked())).isLinkHarmless).toBe(false)
  })

  it('covers redirects as well', async () => {
    const slow: RequestListener = (_, response) =>
      void setTimeout(() => response.writeHead(302, { location: '/a.txt' }).end(), 150)
    expect(await reasonWithin1500(get(slow, { totalMs: 250 }))).toBe('tooSlow')
  })
})

describe('a connection that fails', () => {
  it('is told by its code, without the address', async () => {
    const broken: RequestListener = (_, response) => {
      response.write('x', () => response.destroy())
    }
    const thrown = await refusal(get(broken, {}, '/secret-path?token=secret'))
    expect(thrown).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('ECONNRESET') })
    expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toMatch(/secret-path|token|127\.0/)
    expect(thrown.cause).toBeUndefined()
  })

  it.each([
    ['nobody listens', undefined],
    ['what comes is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['nothing comes', ''],
    ['the head does not end', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`],
  ])('is unreachable: %s', async (_name, bytes) => {
    stranger = await startRawStranger(bytes ?? '')
    if (bytes === undefined) await stranger.close()
    expect((await refusal(download(`${stranger.url}/`, { allowLoopback: true }))).reason).toBe('unreachable')
    if (bytes === undefined) stranger = undefined
  })

  it('leaves nothing when there is no room for the file', async () => {
    process.env['TMPDIR'] = '/nonexistent'
    const thrown = await refusal(get((_, response) => response.end('x')))
    expect(thrown).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('ENOENT') })
  })
})

/** At most, in bytes, beyond what was in use before; what could be collected is not counted before or after. */
async function memoryGrowth(work: () => Promise<void>): Promise<number> {
  setFlagsFromString('--expose_gc')
  // oxlint-disable-next-line typescript/no-unsafe-call -- V8 offers it under this name only
  const collect = () => void runInNewContext('gc')()
  const used = () => {
    const { external, heapUsed } = process.memoryUsage()
    return external + heapUsed
  }
  collect()
  const before = used()
  let most = before
  const timer = setInterval(() => {
    collect()
    most = Math.max(most, used())
  }, 150)
  await work()
  clearInterval(timer)
  return most - before
}
