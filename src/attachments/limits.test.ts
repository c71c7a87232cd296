import { readFile } from 'node:fs/promises'
import type { RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { refusal, startVisits, type Visits } from '../../tests/support/downloads'
import { startDrippingStranger, type Stranger } from '../../tests/support/strangers'
import { download } from './download'

let visits: Visits
beforeEach(async () => {
  visits = await startVisits()
})
afterEach(async () => visits.end())

const MB = 1_000_000
const block = Buffer.alloc(64 * 1024, 'x')

/** Sends chunks only as fast as they are read. */
function pour(response: ServerResponse, bytes: number): void {
  const blocks = Array.from({ length: Math.ceil(bytes / block.length) }, () => block)
  pipeline(Readable.from(blocks, { objectMode: false }), response).catch(() => {})
}

describe('the size of a download', () => {
  /** Garbage collection takes a while, the more so on a busy machine. */
  const patient = { totalMs: 100_000 }
  const PATIENT_TEST_MS = 110_000

  it(
    'is counted, and the download stops at the limit: 100 MB in chunks',
    async () => {
      const measured = await memoryGrowth(async () => {
        const thrown = await refusal(visits.get((_, response) => pour(response, 100 * MB), patient))
        expect(thrown).toMatchObject({ reason: 'tooLarge', sentence: 'it is larger than 25 MB' })
      })
      expect(measured).toBeLessThan(16 * MB)
    },
    PATIENT_TEST_MS,
  )

  it(
    'does not affect memory: 100 MB that are allowed',
    async () => {
      const measured = await memoryGrowth(async () => {
        const file = await visits.get((_, response) => pour(response, 100 * MB), { ...patient, maxBytes: 200 * MB })
        expect(file.size).toBeGreaterThanOrEqual(100 * MB)
        await file.remove()
      })
      expect(measured).toBeLessThan(16 * MB)
    },
    PATIENT_TEST_MS,
  )

  it('is refused early if Content-Length exceeds the limit', async () => {
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${26 * MB}\r\n\r\n`
    expect((await refusal(visits.getRaw(head, { totalMs: 5000 }, false))).reason).toBe('tooLarge')
  })

  it('may be exactly the limit', async () => {
    const file = await visits.get((_, response) => response.end('12345'), { maxBytes: 5 })
    await file.remove()
    expect(file.size).toBe(5)
    expect((await refusal(visits.get((_, response) => response.end('123456'), { maxBytes: 5 }))).reason).toBe(
      'tooLarge',
    )
  })

  it.each([
    ['larger than the body', 'Content-Length: 100\r\n\r\n12345', 'unreachable'],
    ['given twice', 'Content-Length: 5\r\nContent-Length: 9\r\n\r\n12345', 'unreachable'],
    [
      'combined with chunks',
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n',
      'unreachable',
    ],
    ['negative', 'Content-Length: -5\r\n\r\n12345', 'unreachable'],
    ['not a number', 'Content-Length: many\r\n\r\n12345', 'unreachable'],
    ['cut off inside a chunk', 'Transfer-Encoding: chunked\r\n\r\nff\r\n12345', 'unreachable'],
  ])('makes the download fail if it is %s', async (_name, rest, reason) => {
    expect((await refusal(visits.getRaw(`HTTP/1.1 200 OK\r\n${rest}`))).reason).toBe(reason)
  })

  it('is that of Content-Length if more bytes follow', async () => {
    const file = await visits.getRaw(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345${'6'.repeat(10_000)}`)
    expect(await readFile(file.path, 'utf8')).toBe('12345')
    await file.remove()
  })
})

describe('the deadline of a download', () => {
  const reasonWithin1500 = async (promise: Promise<unknown>) => {
    const started = performance.now()
    const { reason } = await refusal(promise)
    const tookMs = performance.now() - started
    return tookMs < 1500 ? reason : `${reason} after ${tookMs} ms`
  }

  it('ends a response that drips', async () => {
    const drip: RequestListener = (_, response) => {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    }
    expect(await reasonWithin1500(visits.get(drip, { totalMs: 400 }))).toBe('tooSlow')
  })

  it('ends a response that stalls before its headers or within its body', async () => {
    const brief = { totalMs: 200 }
    expect(await reasonWithin1500(visits.get(() => {}, brief))).toBe('tooSlow')
    expect(await reasonWithin1500(visits.get((_, response) => void response.write('x'), brief))).toBe('tooSlow')
    expect(await reasonWithin1500(visits.getRaw('HTTP/1.1 200 OK\r\nX-A: ', brief, false))).toBe('tooSlow')
  })

  it('ends a response that drips its headers or switches protocols', async () => {
    const headers = meet(startDrippingStranger('HTTP/1.1 200 OK\r\nx-a: ', 'a'))
    expect(await reasonWithin1500(headers)).toBe('tooSlow')
    const switching = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'
    expect(await reasonWithin1500(visits.getRaw(switching, { totalMs: 400 }, false))).toBe('tooSlow')
  })

  const meet = async (starting: Promise<Stranger>) => {
    const stranger = await starting
    try {
      return await download(stranger.url, { allowLoopback: true, totalMs: 400 })
    } finally {
      await expect.poll(() => stranger.open()).toBe(0)
      await stranger.close()
    }
  }

  it('does not end a response that is slow but steady', async () => {
    const steady: RequestListener = (_, response) => {
      let left = 26
      const timer = setInterval(() => (left-- > 0 ? response.write('x') : response.end()), 50)
      response.on('close', () => clearInterval(timer))
    }
    const file = await visits.get(steady)
    await file.remove()
    expect(file.size).toBe(26)
  })

  it('ends a host look-up that takes too long', async () => {
    const lookup = () => new Promise<never>(() => {})
    const asked = () => download('https://files.example.com/', { lookup, totalMs: 200 })
    expect(await reasonWithin1500(asked())).toBe('tooSlow')
    expect((await refusal(asked())).isLinkHarmless).toBe(true)
    const inside = download('https://files.internal/', { lookup, totalMs: 200 })
    expect((await refusal(inside)).isLinkHarmless).toBe(false)
  })

  it('includes redirects', async () => {
    const slow: RequestListener = (_, response) =>
      void setTimeout(() => response.writeHead(302, { location: '/a.txt' }).end(), 150)
    expect(await reasonWithin1500(visits.get(slow, { totalMs: 250 }))).toBe('tooSlow')
  })
})

/** The peak growth in bytes, without garbage. */
async function memoryGrowth(work: () => Promise<void>): Promise<number> {
  setFlagsFromString('--expose_gc')
  // One context only, because each takes memory itself.
  const gc: () => void = runInNewContext('gc')
  // Twice, because buffers that the first run releases are only collected by the second.
  const collect = () => [gc(), gc()]
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
