import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { serveOnLoopback } from './http/serve'
import { reachHubSpot, type RealHubSpot } from './reach-hubspot'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A proxy to a server that replaces HubSpot. */
async function wayTo(answering: Hono): Promise<RealHubSpot> {
  const served = await serveOnLoopback(answering)
  const hubspot = await reachHubSpot({ apiUrl: served.url, appUrl: served.url })
  closing.push(hubspot.close, served.close)
  return hubspot
}

const sha = (bytes: ArrayBuffer | Uint8Array): string =>
  createHash('sha256').update(new Uint8Array(bytes)).digest('hex')

describe('the proxy to a real HubSpot account', () => {
  it('forwards a call unchanged and logs it', async () => {
    const hubspot = await wayTo(
      new Hono().all('*', async (c) =>
        c.json({
          method: c.req.method,
          url: c.req.url.replace(/^http:\/\/[^/]+/, ''),
          authorization: c.req.header('authorization'),
          type: c.req.header('content-type'),
          body: await c.req.text(),
        }),
      ),
    )
    const answer = await fetch(`${hubspot.url}/crm/v3/a%2Fb?q=x%20y&hapikey=1`, {
      method: 'PATCH',
      headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
      body: '{"name": "Zoë 🌍"}',
    })
    const seen = {
      method: 'PATCH',
      url: '/crm/v3/a%2Fb?q=x%20y&hapikey=1',
      authorization: 'Bearer token',
      type: 'application/json',
      body: '{"name": "Zoë 🌍"}',
    }
    expect(await answer.json()).toEqual(seen)
    expect(hubspot.log.calls).toMatchObject([
      {
        method: 'PATCH',
        path: '/crm/v3/a%2Fb',
        query: '?q=x%20y&hapikey=1',
        requestBody: '{"name": "Zoë 🌍"}',
        status: 200,
        responseBody: JSON.stringify(seen),
      },
    ])
  })

  it('returns a response unchanged', async () => {
    const hubspot = await wayTo(
      new Hono()
        .get('/limit', (c) => c.json({ message: 'slow down' }, 429, { 'retry-after': '7' }))
        .get('/moved', (c) => c.redirect('https://elsewhere.example.com/', 302))
        .delete('/gone', (c) => c.body(null, 204))
        .get('/packed', () => new Response(gzipSync('é'.repeat(500)), { headers: { 'content-encoding': 'gzip' } })),
    )
    const limit = await fetch(`${hubspot.url}/limit`)
    expect([limit.status, limit.headers.get('retry-after')]).toEqual([429, '7'])
    const moved = await fetch(`${hubspot.url}/moved`, { redirect: 'manual' })
    expect([moved.status, moved.headers.get('location')]).toEqual([302, 'https://elsewhere.example.com/'])
    expect((await fetch(`${hubspot.url}/gone`, { method: 'DELETE' })).status).toBe(204)
    expect(await (await fetch(`${hubspot.url}/packed`)).text()).toBe('é'.repeat(500))
    expect(hubspot.log.calls.map(({ status }) => status)).toEqual([429, 302, 204, 200])
  })

  it('forwards every byte of a file', async () => {
    const hubspot = await wayTo(
      new Hono().post('/files', async (c) =>
        c.json({ length: c.req.header('content-length'), sha: sha(await c.req.arrayBuffer()) }),
      ),
    )
    const file = new Uint8Array(300_000).map((_, index) => (index * 7919) % 256)
    const answer = await fetch(`${hubspot.url}/files`, { method: 'POST', body: file })
    expect(await answer.json()).toEqual({ length: '300000', sha: sha(file) })
  })

  it('says why HubSpot cannot be reached', async () => {
    const closed = await serveOnLoopback(new Hono())
    await closed.close()
    const hubspot = await reachHubSpot({ apiUrl: closed.url, appUrl: closed.url })
    closing.push(hubspot.close)
    const answer = await fetch(`${hubspot.url}/oauth/v3/token`, { method: 'POST', body: 'a=1' })
    expect(answer.status).toBe(502)
    expect(hubspot.log.calls[0]?.responseBody).toMatch(/HubSpot was not reached: .*ECONNREFUSED/)
  })

  it('cancels a call whose caller has disconnected', async () => {
    let isCancelled = false
    const hubspot = await wayTo(
      new Hono().get('/slow', async (c) => {
        await new Promise((abort) => c.req.raw.signal.addEventListener('abort', abort))
        isCancelled = true
        return c.body(null)
      }),
    )
    const asked = fetch(`${hubspot.url}/slow`, { signal: AbortSignal.timeout(200) })
    await expect(asked).rejects.toThrow('timeout')
    await vi.waitUntil(() => isCancelled)
    await vi.waitUntil(() => hubspot.log.calls.length === 1)
  })
})
