import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { localOnly } from './local-only'

const app = new Hono()
  .use(localOnly)
  .get('/', (c) => c.text('the page'))
  .post('/', (c) => c.text('done'))

const get = async (headers: Record<string, string>) => (await app.request('/', { headers })).status
const post = async (headers: Record<string, string>) => (await app.request('/', { method: 'POST', headers })).status

describe('a page for this machine only', () => {
  it.each(['localhost:4000', 'localhost', 'LOCALHOST:4000', '127.0.0.1:4000', '[::1]:4000'])(
    'answers at %s',
    async (host) => {
      expect(await get({ host })).toBe(200)
    },
  )

  it.each([
    'tunnel.example.com',
    'localhost.example.com',
    '127.0.0.1.example.com:4000',
    'a@localhost',
    '192.168.0.7',
    '',
  ])('refuses the host "%s"', async (host) => {
    expect(await get({ host })).toBe(403)
  })

  it.each(['Forwarded', 'Via', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Real-IP', 'CF-Ray'])(
    'refuses what a proxy or tunnel has forwarded, seen by its header %s',
    async (name) => {
      expect(await get({ host: 'localhost:4000', [name]: 'a' })).toBe(403)
      expect(await post({ host: 'localhost:4000', [name]: 'a' })).toBe(403)
    },
  )

  it.each(['http://evil.example', 'http://localhost:4001', 'https://localhost:4000', 'null', ''])(
    'refuses a post of a page at "%s", whatever its type',
    async (origin) => {
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
        expect(await post({ host: 'localhost:4000', origin, 'content-type': type })).toBe(403)
      }
    },
  )

  it('takes posts of its own page, and of programs, which send no origin', async () => {
    expect(await post({ host: 'localhost:4000', origin: 'http://localhost:4000' })).toBe(200)
    expect(await post({ host: '127.0.0.1:4000' })).toBe(200)
  })
})
