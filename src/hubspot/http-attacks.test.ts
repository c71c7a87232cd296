import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import {
  startCanary,
  startDeafStranger,
  startDrippingStranger,
  startRawStranger,
  startStranger,
  type Stranger,
} from '../../tests/support/strangers'
import { HubSpotError } from './errors'
import { createHttp, type ApiCall } from './http'

const answer = z.object({ id: z.string() })

type Overrides = Partial<ApiCall<typeof answer>>

let renewals = 0
let slept: number[] = []
let strangers: Stranger[] = []
beforeEach(() => {
  ;[renewals, slept, strangers] = [0, [], []]
})
afterEach(async () => {
  await Promise.all(strangers.map((stranger) => stranger.close()))
})

async function meet(starting: Promise<Stranger>): Promise<Stranger> {
  const stranger = await starting
  strangers.push(stranger)
  return stranger
}

const answering = (reply: (given: ServerResponse) => unknown) => meet(startStranger((_, given) => reply(given)))

async function failureAt({ url }: Pick<Stranger, 'url'>, overrides: Overrides = {}): Promise<HubSpotError> {
  const http = createHttp({
    apiUrl: url,
    developerKey: { hapikey: 'secret-key', appId: '12' },
    tokens: {
      current: async () => 'secret-token',
      renew: async () => {
        renewals += 1
        return 'secret-second-token'
      },
    },
    clock: { now: () => 0, sleep: async (ms) => void slept.push(ms) },
  })
  const call = { method: 'POST', path: '/secret-path', auth: 'bearer', answer, ...overrides } as const
  const thrown: unknown = await http(call).catch((error: unknown) => error)
  if (thrown instanceof HubSpotError) return thrown
  throw new Error(`No HubSpotError, but ${inspect(thrown)}`)
}

const unused = async (): Promise<Stranger> => {
  const gone = await startRawStranger('')
  await gone.close()
  return gone
}

const SWITCHING = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'

describe('an exchange is over by its deadline, and its connection closed, when the server', () => {
  it.each([
    ['says nothing', () => startRawStranger('', { hangUp: false })],
    ['switches protocols', () => startRawStranger(SWITCHING, { hangUp: false })],
    ['sends informational answers without an end', () => startDrippingStranger('', 'HTTP/1.1 103 Early Hints\r\n\r\n')],
    ['drips its headers', () => startDrippingStranger('HTTP/1.1 200 OK\r\nx-a: ', 'a')],
    ['drips its body', () => startDrippingStranger('HTTP/1.1 200 OK\r\n\r\n', ' ')],
    ['drips the body of a refusal', () => startDrippingStranger('HTTP/1.1 500 No\r\n\r\n', ' ')],
  ])('%s', async (_name, start) => {
    const stranger = await meet(start())
    const began = performance.now()
    const thrown = await failureAt(stranger, { budgetMs: 300 })
    expect(thrown).toMatchObject({ kind: 'unavailable', category: 'ETIMEDOUT', status: undefined, neverSent: false })
    expect(performance.now() - began).toBeGreaterThan(250)
    expect(performance.now() - began).toBeLessThan(3000)
    await expect.poll(() => stranger.open()).toBe(0)
  })
})

it('an answer that switches protocols, but does not say to which, is an unexpected one', async () => {
  const stranger = await meet(startRawStranger('HTTP/1.1 101 Switching Protocols\r\n\r\n', { hangUp: false }))
  expect(await failureAt(stranger)).toMatchObject({ kind: 'unexpected', status: 101 })
})

describe('an upload to a server that reads nothing', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'unread-'))
  })
  afterEach(async () => rm(folder, { recursive: true }))

  it('is over by its deadline, and names neither file nor content', async () => {
    const file = { path: join(folder, 'secret-file'), size: 0, fileName: 'secret.pdf', contentType: 'application/pdf' }
    const content = Buffer.alloc(20_000_000, 'secret-content ')
    await writeFile(file.path, content)
    const multipart = { fields: { folderPath: '/secret-folder' }, file: { ...file, size: content.length } }
    const began = performance.now()
    const thrown = await failureAt(await meet(startDeafStranger()), { multipart, budgetMs: 300 })
    expect(thrown).toMatchObject({ kind: 'unavailable', category: 'ETIMEDOUT' })
    expect(performance.now() - began).toBeLessThan(3000)
    expect(everythingIn(thrown)).not.toMatch(/secret/)
  })

  it('fails by its code when the file is gone', async () => {
    const file = { path: join(folder, 'secret-file'), size: 9, fileName: 'secret.pdf', contentType: 'application/pdf' }
    const thrown = await failureAt(await meet(startDeafStranger()), { multipart: { fields: {}, file }, budgetMs: 3000 })
    expect(thrown).toMatchObject({ kind: 'unavailable', category: 'ENOENT' })
    expect(everythingIn(thrown)).not.toMatch(/secret/)
  })
})

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('is not followed: %i', async (status) => {
    const elsewhere = await answering((given) => given.end('{"id":"7"}'))
    const redirecting = await answering((given) => given.writeHead(status, { location: `${elsewhere.url}/a` }).end())
    expect(await failureAt(redirecting, { method: 'GET' })).toMatchObject({ kind: 'unexpected', status })
    expect(elsewhere.requests()).toBe(0)
    expect(redirecting.requests()).toBe(1)
  })
})

it('a proxy of the environment is not asked', async () => {
  const canary = await startCanary()
  const before = { ...process.env }
  const proxy = `http://127.0.0.1:${canary.port}`
  Object.assign(process.env, { HTTP_PROXY: proxy, http_proxy: proxy, ALL_PROXY: proxy, NO_PROXY: '', no_proxy: '' })
  const thrown = await failureAt(await answering((given) => given.writeHead(404).end('{}')))
  process.env = before
  await canary.close()
  expect(thrown.status).toBe(404)
  expect(canary.connections()).toBe(0)
})

it('an answer of more than 10 MB is not kept', async () => {
  const thrown = await failureAt(await answering((given) => given.end(`"${'x'.repeat(10_000_000)}"`)))
  expect(thrown).toMatchObject({ kind: 'unavailable', status: undefined })
})

it('an answer that is compressed without being asked for is not unpacked', async () => {
  const stranger = await meet(
    startStranger(({ headers }, given) => {
      given.setHeader('content-encoding', 'gzip')
      given.end(JSON.stringify({ id: headers['accept-encoding'] }))
    }),
  )
  const http = createHttp({
    apiUrl: stranger.url,
    developerKey: { hapikey: '', appId: '' },
    tokens: { current: async () => '', renew: async () => '' },
  })
  await expect(http({ method: 'GET', path: '/', auth: 'none', answer })).resolves.toEqual({ id: 'identity' })
})

/** With all that a log or a debugger could show of it. */
const everythingIn = (thrown: unknown): string =>
  inspect(thrown, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity })

describe('an error holds neither token, key, address nor content when', () => {
  it.each([
    ['no server listens', unused],
    ['the connection is reset', () => answering((given) => given.destroy())],
    ['the answer breaks off', () => answering((given) => given.write('{"id":', () => given.destroy()))],
    ['the answer is not HTTP', () => meet(startRawStranger('SSH-2.0-OpenSSH_9.2\r\n'))],
    ['no answer comes', () => meet(startRawStranger('', { hangUp: false }))],
    ['protocols are switched', () => meet(startRawStranger(SWITCHING, { hangUp: false }))],
    ['the answer is too large', () => answering((given) => given.end('x'.repeat(10_000_001)))],
    ['the answer is a refusal', () => answering((given) => given.writeHead(400).end('{"message":"No"}'))],
    ['the answer is not what it should be', () => answering((given) => given.end('{"id":"secret-answer"'))],
  ])('%s', async (_name, start) => {
    const stranger = await start()
    const sent = { budgetMs: 300, json: { text: 'secret-words' }, query: { a: 'secret-query' } }
    for (const auth of ['bearer', 'developerKey'] as const) {
      const shown = everythingIn(await failureAt(stranger, { ...sent, auth }))
      expect(shown).not.toMatch(/secret|127\.0\.0\.1|Bearer|user-agent/i)
      expect(shown).not.toContain(String(stranger.port))
    }
  })
})

describe('a call that may be made once only', () => {
  const once = { once: true, repeatable: true } as const

  it.each([401, 408, 423, 429, 477, 500, 503])('is not made again after %i', async (status) => {
    const stranger = await answering((given) => given.writeHead(status, { 'retry-after': '0' }).end('{}'))
    expect(await failureAt(stranger, once)).toMatchObject({ status })
    expect({ requests: stranger.requests(), slept, renewals }).toEqual({ requests: 1, slept: [], renewals: 0 })
  })

  it('is not made again after a lost connection, nor where no server listens', async () => {
    const stranger = await answering((given) => given.destroy())
    expect(await failureAt(stranger, once)).toMatchObject({ kind: 'unavailable' })
    expect(stranger.requests()).toBe(1)
    expect(await failureAt(await unused(), once)).toMatchObject({ kind: 'unavailable', neverSent: true })
    expect(slept).toEqual([])
  })
})
