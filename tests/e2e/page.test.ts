import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import * as z from 'zod'
import { serveOnLoopback, type Served } from '../../sandbox/http/serve'
import { sandboxPages } from '../../sandbox/pages'
import { renewable, type RenewableStack } from '../../sandbox/renewable'
import { startStack } from '../../sandbox/stack'

describe("the page's server", () => {
  let stack: RenewableStack
  let served: Served

  beforeAll(async () => {
    stack = renewable(await startStack())
    served = await serveOnLoopback(sandboxPages(stack))
    // The first customer is there as soon as a view is sent.
    const stream = (await fetch(`${served.url}/changes`)).body?.getReader()
    await stream?.read()
    await stream?.cancel()
  })
  afterAll(async () => {
    await served.close()
    await stack.close()
  })

  const act = (name: string, given: unknown, headers: Record<string, string> = {}) =>
    fetch(`${served.url}/do/${name}`, {
      method: 'POST',
      body: JSON.stringify(given),
      headers: { 'content-type': 'application/json', ...headers },
    })

  it('allows only its own script and only requests to itself', async () => {
    const { headers } = await fetch(served.url)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each(['evil.example.com', '127.0.0.1.evil.example.com', 'localhost.evil.example.com:4000'])(
    'refuses a request for the host "%s"',
    async (host) => {
      const status = await new Promise((resolve, reject) => {
        const asked = request(served.url, { headers: { host } }, (answer) => resolve(answer.resume().statusCode))
        asked.on('error', reject).end()
      })
      expect(status).toBe(403)
    },
  )

  it('refuses a form from another site', async () => {
    const form = { 'content-type': 'text/plain', origin: 'https://evil.example.com' }
    expect((await act('say', { chat: 0, text: 'Hello' }, form)).status).toBe(403)
    expect(stack.botpress.chat.customers[0]?.messages().filter(({ who }) => who === 'customer')).toEqual([])
  })

  it.each([
    ['say', { chat: 0, text: ' ' }, 'There is nothing to send.'],
    ['say', { chat: 9, text: 'Hello' }, 'This customer is no longer here.'],
    ['say', { chat: 'one' }, /chat: .*; text: /],
    ['close', { thread: '1', agent: 'A-3892666' }, /Thread 1 was not found/],
    ['reply', {}, /thread: /],
  ])('says why the action %s with %j fails', async (name, given, reason) => {
    const answer = await act(name, given)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toMatch(reason)
  })

  it.each(['constructor', 'toString', 'nothing'])('has no action called %s', async (name) => {
    expect((await act(name, {})).status).toBe(404)
  })

  it('serves only files from the two platforms', async () => {
    const file = (url: string) => fetch(`${served.url}/file?of=${encodeURIComponent(url)}`)
    const content = new TextEncoder().encode('<script>alert(1)</script>')
    const ours = await file(stack.botpress.upload({ name: 'a.html', contentType: 'text/html', content }))
    expect(ours.status).toBe(200)
    expect(ours.headers.get('content-disposition')).toBe('attachment')
    for (const url of [`${served.url}/`, 'https://example.com/', 'file:///etc/hostname', 'nonsense', '']) {
      expect((await file(url)).status).toBe(404)
    }
    expect((await file(`${stack.botpress.url}/files/none/none`)).status).toBe(404)
  })

  it('gives page and settings separate styles and policies', async () => {
    const answer = await fetch(`${served.url}/settings`)
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(await answer.text()) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(style).not.toBe('')
    expect(answer.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`)
    expect((await fetch(served.url)).headers.get('content-security-policy')).not.toContain('sha256')
  })

  it('sends the whole view at once and after each change', async () => {
    const stream = await fetch(`${served.url}/changes`)
    const reader = stream.body?.getReader()
    const next = async () => {
      const { value } = (await reader?.read()) ?? {}
      const [, data = ''] = /^data: (.*)$/m.exec(new TextDecoder().decode(value)) ?? []
      return shownChats.parse(JSON.parse(data)).chats[0]?.lines.map(({ text }) => text)
    }
    expect(await next()).toHaveLength(1)
    await act('say', { chat: 0, text: 'Hello' })
    expect(await next()).toContain('Hello')
    await reader?.cancel()
  })
})

const shownChats = z.object({ chats: z.array(z.object({ lines: z.array(z.object({ text: z.string() })) })) })
