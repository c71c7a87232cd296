import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { localOnly } from './local-only'

const app = new Hono().use(localOnly).get('/', (c) => c.text('the page'))

const askedOf = async (host: string) => (await app.request('/', { headers: { host } })).status

describe('a page for this machine only', () => {
  it.each(['localhost:4000', 'localhost', 'LOCALHOST:4000', '127.0.0.1:4000', '[::1]:4000'])(
    'answers at %s',
    async (host) => {
      expect(await askedOf(host)).toBe(200)
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
    expect(await askedOf(host)).toBe(403)
  })
})
