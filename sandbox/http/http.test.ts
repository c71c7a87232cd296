import { once } from 'node:events'
import { request } from 'node:http'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { createCallLog } from './call-log'
import { injectFaults, seededRandom, type FaultPlan } from './faults'
import { serveOnLoopback, type Served } from './serve'

let served: Served | undefined
afterEach(async () => served?.close())

const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed))

async function start(plan: FaultPlan) {
  let effects = 0
  const log = createCallLog()
  const app = new Hono()
  app.use(log.record)
  app.use(injectFaults(() => plan))
  app.post('/things', async (c) => {
    effects += 1
    return c.json({ got: await c.req.text() }, 201)
  })
  served = await serveOnLoopback(app)
  return { url: `${served.url}/things`, log, effects: () => effects }
}

describe("the stand-ins' HTTP layer", () => {
  it('logs request and response', async () => {
    const { url, log } = await start(() => undefined)
    await fetch(`${url}?a=1`, { method: 'POST', body: 'hello' })
    expect(log.calls).toMatchObject([
      {
        method: 'POST',
        path: '/things',
        query: '?a=1',
        requestBody: 'hello',
        status: 201,
        responseBody: '{"got":"hello"}',
      },
    ])
  })

  it('drops an unfinished call when its caller disconnects', async () => {
    const { url, log } = await start(() => undefined)
    const half = request(url, { method: 'POST', headers: { 'content-length': 10 } }).on('error', () => {})
    half.write('hello')
    await once(half, 'socket')
    half.destroy()
    await fetch(url, { method: 'POST', body: 'whole' })
    expect(log.calls.map(({ requestBody }) => requestBody)).toEqual(['whole'])
  })

  it('cuts the connection before or after the call takes effect', async () => {
    const before = await start(() => ({ kind: 'reset' }))
    await expect(fetch(before.url, { method: 'POST' })).rejects.toThrow('fetch failed')
    expect(before.effects()).toBe(0)
    expect(before.log.calls).toMatchObject([{ status: 0, responseBody: '' }])
    await served?.close()

    const after = await start(() => ({ kind: 'answerLost' }))
    await expect(fetch(after.url, { method: 'POST' })).rejects.toThrow('fetch failed')
    expect(after.effects()).toBe(1)
    expect(after.log.calls).toMatchObject([{ status: 0 }])
  })

  it('answers an injected status with its headers, before the call takes effect', async () => {
    const { url, effects } = await start(() => ({ kind: 'status', status: 429, headers: { 'retry-after': '1' } }))
    const answer = await fetch(url, { method: 'POST' })
    expect([answer.status, answer.headers.get('retry-after'), effects()]).toEqual([429, '1', 0])
  })

  it('draws the same numbers from the same seed', () => {
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
    expect(draw(7).every((n) => n >= 0 && n < 1)).toBe(true)
  })
})
