import { readFile, stat } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusal, startVisits, type Visits } from '../../tests/support/downloads'
import { startRawStranger } from '../../tests/support/strangers'
import { download } from './download'

let visits: Visits
beforeEach(async () => {
  visits = await startVisits()
})
afterEach(async () => visits.end())

describe('a download', () => {
  it('is stored in a file that other users cannot read, until it is removed', async () => {
    const file = await visits.get((_, response) => response.writeHead(200, { 'content-type': 'text/csv' }).end('a,b'))
    expect(file).toMatchObject({ size: 3, fileName: 'a.txt', contentType: 'text/csv', isLinkHarmless: false })
    expect(await readFile(file.path, 'utf8')).toBe('a,b')
    expect((await stat(file.path)).mode & 0o777).toBe(0o600)
    await file.remove()
    await file.remove()
    expect(await visits.files()).toEqual([])
  })

  it('asks for uncompressed content and sends no header that identifies the owner', async () => {
    const file = await visits.get(({ headers }, response) => response.end(JSON.stringify(headers)))
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

  it('follows three redirects, including relative and UTF-8 locations', async () => {
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
    const file = await visits.get(handler, {}, '/1')
    await file.remove()
    expect(file).toMatchObject({ size: 4, fileName: 'ü.pdf', contentType: 'application/pdf' })
    expect(visits.requests()).toBe(4)
  })

  it('stops at a redirect loop', async () => {
    const thrown = await refusal(visits.get((_, response) => response.writeHead(301, { location: '/a.txt' }).end()))
    expect(thrown.reason).toBe('tooManyRedirects')
    expect(visits.requests()).toBe(4)
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
  ])('of status %i without content is refused: %s', async (status, reason) => {
    const thrown = await refusal(visits.get((_, response) => response.writeHead(status).end()))
    expect(thrown).toMatchObject({ reason, isLinkHarmless: false })
  })

  it('is refused if it is compressed, however small it is', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const encoded = (encoding: string) =>
      refusal(visits.get((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bomb)))
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip', 'GZIP']) {
      expect((await encoded(encoding)).reason).toBe('compressed')
    }
    const plain = await visits.get((_, response) =>
      response.writeHead(200, { 'content-encoding': 'identity' }).end(bomb),
    )
    expect(plain.size).toBe(bomb.length)
    await plain.remove()
  })
})

describe('a download whose connection fails', () => {
  it('is refused with the error code, without the link', async () => {
    const broken: RequestListener = (_, response) => {
      response.write('x', () => response.destroy())
    }
    const thrown = await refusal(visits.get(broken, {}, '/secret-path?token=secret'))
    expect(thrown).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('ECONNRESET') })
    expect(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown))).not.toMatch(/secret-path|token|127\.0/)
    expect(thrown.cause).toBeUndefined()
  })

  it.each<[string, RequestListener]>([
    ['connection reset', (_, response) => response.destroy()],
    ['body cut off', (_, response) => response.write('x', () => response.destroy())],
    ['no response', () => {}],
    ['endless body', (_, response) => response.write('x')],
    ['status 403', (_, response) => response.writeHead(403).end('secret')],
    ['bad redirect', (_, response) => response.writeHead(302, { location: 'http://secret.example/' }).end()],
  ])('throws an error that contains neither the link nor a header: %s', async (_name, handler) => {
    const thrown = await refusal(visits.get(handler, { totalMs: 300 }, '/secret-path?token=secret'))
    expect(inspect(thrown, { depth: Infinity, showHidden: true })).not.toMatch(/secret|127\.0\.0\.1|user-agent/i)
  })

  it.each([
    ['the response is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['there is no response', ''],
    ['the headers are too large', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`],
  ])('is unreachable if %s', async (_name, bytes) => {
    expect((await refusal(visits.getRaw(bytes))).reason).toBe('unreachable')
  })

  it('is unreachable if no server listens', async () => {
    const gone = await startRawStranger('')
    await gone.close()
    expect((await refusal(download(gone.url, { allowLoopback: true }))).reason).toBe('unreachable')
  })

  it('leaves no file if the disk cannot store it', async () => {
    process.env['TMPDIR'] = '/nonexistent'
    const thrown = await refusal(visits.get((_, response) => response.end('x')))
    expect(thrown).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('ENOENT') })
  })
})
