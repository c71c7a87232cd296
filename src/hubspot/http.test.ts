import type { ServerResponse } from 'node:http'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { injectFaults, type Fault } from '../../sandbox/http/faults'
import { serveOnLoopback, type Served } from '../../sandbox/http/serve'
import { startStranger } from '../../tests/support/strangers'
import { HubSpotError } from './errors'
import { createHttp, type ApiCall, type HttpOptions } from './http'

type Seen = { method: string; url: string; authorization: string | undefined; body: string }

let served: Served
let seen: Seen[]
let faults: (Fault | undefined)[]
let slept: number[]
let goodToken: string
let renewals: number

beforeEach(async () => {
  ;[seen, faults, slept, goodToken, renewals] = [[], [], [], 'first', 0]
  const app = new Hono()
  app.use(injectFaults(() => () => faults.shift()))
  app.all('*', async (c) => {
    const authorization = c.req.header('authorization')
    seen.push({ method: c.req.method, url: c.req.url, authorization, body: await c.req.text() })
    if (authorization && authorization !== `Bearer ${goodToken}`)
      return c.json({ category: 'EXPIRED_AUTHENTICATION' }, 401)
    return c.json({ id: c.req.path === '/numbers' ? 7 : '7' })
  })
  served = await serveOnLoopback(app)
})
afterEach(async () => served.close())

/** A call to a server that answers as told. */
async function failureOf(reply: (given: ServerResponse) => unknown, overrides: Overrides = {}): Promise<HubSpotError> {
  const stranger = await startStranger((_request, given) => reply(given))
  try {
    return await failure(call({ ...overrides, apiUrl: stranger.url }))
  } finally {
    await stranger.close()
  }
}

const answer = z.object({ id: z.string() })

type Overrides = Partial<ApiCall<z.ZodMiniType>> &
  Partial<Pick<HttpOptions, 'apiUrl' | 'portalId'>> & { current?: () => Promise<string> }

/** Time passes only by sleeping, so that twenty seconds of retries take none. */
function call({ apiUrl = served.url, current = async () => 'first', portalId, ...overrides }: Overrides = {}) {
  let now = 0
  const http = createHttp({
    apiUrl,
    ...(portalId === undefined ? {} : { portalId }),
    developerKey: { hapikey: 'key', appId: '12' },
    tokens: {
      current,
      renew: async () => {
        renewals += 1
        return 'second'
      },
    },
    clock: {
      now: () => now,
      sleep: async (ms) => {
        slept.push(ms)
        now += ms
      },
    },
  })
  return http({ method: 'GET', path: '/things', auth: 'bearer', answer, ...overrides })
}

const failure = (promise: Promise<unknown>): Promise<HubSpotError> =>
  promise.then(
    () => {
      throw new Error('It succeeded')
    },
    (thrown: unknown) => {
      if (thrown instanceof HubSpotError) return thrown
      throw thrown
    },
  )

describe('a call to HubSpot', () => {
  it('carries the bearer token, or the developer key as a query, or neither', async () => {
    await call()
    await call({ auth: 'developerKey', query: { limit: 5 } })
    await call({ auth: 'none', method: 'POST', form: { grant_type: 'refresh_token', a: 'ä&b' } })
    expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer first', undefined, undefined])
    expect(new URL(seen[1]?.url ?? '').search).toBe('?limit=5&hapikey=key&appId=12')
    expect(seen[2]?.body).toBe('grant_type=refresh_token&a=%C3%A4%26b')
  })

  it('asks for JSON, and uses the connection of the call before', async () => {
    const asked: unknown[] = []
    const connections = new Set<unknown>()
    const stranger = await startStranger((request, given) => {
      asked.push(request.headers.accept)
      connections.add(request.socket)
      given.setHeader('content-type', 'application/json').end('{"id":"7"}')
    })
    for (let calls = 0; calls < 3; calls++) await call({ apiUrl: stranger.url })
    expect([asked, connections.size]).toEqual([Array(3).fill('application/json'), 1])
    await stranger.close()
  })

  it('takes one fresh token after a 401, and not a second one', async () => {
    goodToken = 'second'
    await expect(call()).resolves.toEqual({ id: '7' })
    goodToken = 'third'
    expect(await failure(call())).toMatchObject({ kind: 'auth', status: 401 })
    expect(renewals).toBe(2)
  })

  it('tries again until it succeeds', async () => {
    faults = [
      { kind: 'status', status: 500 },
      { kind: 'reset' },
      { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
    ]
    await expect(call()).resolves.toEqual({ id: '7' })
    expect(slept).toHaveLength(3)
    expect(slept[2]).toBe(2000)
  })

  it('is one of many that wait together once HubSpot limits their portal', async () => {
    faults = [{ kind: 'status', status: 429 }]
    await Promise.all(Array.from({ length: 5 }, () => call({ portalId: '1' })))
    expect(slept).toHaveLength(1)
    expect(seen).toHaveLength(5)
  })

  it.each([
    ['the limit of the day', {}, { policyName: 'DAILY' }],
    ['the limit of the day, which only the message names', {}, { message: 'You have reached your daily limit.' }],
    ['a limit that lasts longer than any call', { 'retry-after': '60' }, {}],
  ])('does not wait for %s, and keeps no other call waiting', async (_name, headers, body) => {
    faults = [{ kind: 'status', status: 429, headers, body }]
    expect(await failure(call({ portalId: '2' }))).toMatchObject({ kind: 'rateLimit' })
    await call({ portalId: '2' })
    expect(slept).toEqual([])
  })

  it('gives up within twenty seconds', async () => {
    faults = Array.from({ length: 100 }, () => ({ kind: 'status', status: 503 }))
    expect(await failure(call())).toMatchObject({ kind: 'unavailable', status: 503 })
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(20_000)
    expect(slept.length).toBeGreaterThan(4)
  })

  it('sends a write once when its answer is lost, unless that is harmless', async () => {
    faults = [{ kind: 'answerLost' }]
    expect(await failure(call({ method: 'POST', json: {} }))).toMatchObject({ kind: 'unavailable', status: undefined })
    expect(seen).toHaveLength(1)
    faults = [{ kind: 'answerLost' }]
    await call({ method: 'POST', json: {}, repeatable: true })
    expect(seen).toHaveLength(3)
  })

  it.each([
    ['does not come', () => {}],
    ['breaks off', (given: ServerResponse) => given.write('{"id":', () => given.destroy())],
    [
      'drips without an end',
      (given: ServerResponse) => {
        const dripping = setInterval(() => given.write(' '), 20)
        given.on('close', () => clearInterval(dripping))
      },
    ],
  ])('is over in its time when the answer %s', async (_name, reply) => {
    const began = performance.now()
    const thrown = await failureOf(reply, { method: 'POST', budgetMs: 300 })
    expect(thrown).toMatchObject({ kind: 'unavailable', status: undefined, neverSent: false })
    expect(performance.now() - began).toBeLessThan(3000)
  })

  it('that never reached HubSpot says so with the code of the failure, and is tried again though it creates something', async () => {
    await served.close()
    const thrown = await failure(call({ method: 'POST', json: {} }))
    expect(thrown).toMatchObject({ kind: 'unavailable', category: 'ECONNREFUSED', neverSent: true })
    expect(thrown.message).toBe('HubSpot did not answer (ECONNREFUSED)')
    expect(slept.length).toBeGreaterThan(1)
    served = await serveOnLoopback(new Hono())
  })

  it('understands an answer that is not of HubSpot’s own making', async () => {
    const thrown = await failureOf((given) => given.writeHead(404).end('<html>Not here</html>'))
    expect(thrown).toMatchObject({ kind: 'notFound', message: 'HubSpot answered 404' })
  })

  it.each([
    ['/numbers', 'id of GET /…'],
    ['/crm/v3/objects/contacts/ada%40example.com', 'id of GET /crm/v3/objects/contacts/…'],
  ])('calls an answer unreadable and names the field, without a value or an id: %s', async (path, where) => {
    const thrown = await failure(call({ path, answer: z.object({ id: z.boolean() }) }))
    expect(thrown).toMatchObject({ kind: 'unreadable', where, message: `HubSpot's answer cannot be read: ${where}` })
    expect(seen).toHaveLength(1)
  })

  it('waits for an access token no longer than the call is worth', async () => {
    const began = performance.now()
    const thrown = await failure(call({ budgetMs: 200, current: () => new Promise(() => {}) }))
    expect(thrown).toMatchObject({ kind: 'unavailable', category: 'ETIMEDOUT' })
    expect(performance.now() - began).toBeLessThan(2000)
    expect(seen).toEqual([])
  })

  it('keeps tokens and keys out of its errors', async () => {
    faults = [{ kind: 'status', status: 400 }, { kind: 'answerLost' }]
    const errors = [await failure(call()), await failure(call({ method: 'POST', auth: 'developerKey' }))]
    for (const error of errors)
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/first|key/)
  })
})
