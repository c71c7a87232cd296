import type { LookupAddress } from 'node:dns'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOOPBACK, PUBLIC, refusal, startHostileServers } from '../../tests/support/downloads'
import { type startCanary, type Stranger } from '../../tests/support/strangers'
import { download } from './download'

let canary: Awaited<ReturnType<typeof startCanary>>
let redirector: Stranger
let closeAll: () => Promise<void>

beforeAll(async () => {
  ;({ canary, redirector, close: closeAll } = await startHostileServers())
})
afterAll(async () => closeAll())

const lookup = async (hostname: string): Promise<LookupAddress[]> => {
  if (hostname === 'local.example.com') return [LOOPBACK]
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
}

describe('a link is refused without a look-up', () => {
  const unasked = async (): Promise<LookupAddress[]> => {
    throw new Error('No address should have been looked up')
  }
  const at = (text: string) => text.replaceAll('PORT', String(canary.port))

  it.each([
    ['http://files.example.com/a.png', 'notHttps'],
    ['http://127.0.0.1:PORT/', 'notHttps'],
    ['file:///etc/passwd', 'notHttps'],
    ['data:text/plain,hello', 'notHttps'],
    ['ftp://files.example.com/a', 'notHttps'],
    ['gopher://127.0.0.1:PORT/_GET', 'notHttps'],
    ['javascript:alert(1)', 'notHttps'],
    ['blob:https://files.example.com/1', 'notHttps'],
    ['ws://127.0.0.1:PORT/', 'notHttps'],
    ['unix:/var/run/docker.sock', 'notHttps'],
    ['//127.0.0.1:PORT/a', 'notALink'],
    ['/etc/passwd', 'notALink'],
    ['127.0.0.1:PORT', 'notALink'],
    ['', 'notALink'],
    [' \t\n ', 'notALink'],
    ['https://', 'notALink'],
    ['https://files.example.com\n@127.0.0.1:PORT/', 'notALink'],
    ['https://files.exam\tple.com/', 'notALink'],
    ['https://files.example.com/a\r\nHost: internal', 'notALink'],
    ['https://files.example.com\\@127.0.0.1:PORT/', 'notALink'],
    ['https://files.example.com\u0000.internal/', 'notALink'],
    ['https://[fe80::1%25eth0]/', 'notALink'],
    ['https://256.256.256.256/', 'notALink'],
    ['https://1.2.3.4.5/', 'notALink'],
    ['https://user:password@files.example.com/a', 'notAllowed'],
    ['https://files.example.com@127.0.0.1:PORT/', 'notAllowed'],
    ['https://token@files.example.com/', 'notAllowed'],
    ['https://:password@files.example.com/', 'notAllowed'],
    ['https://files.example.com:22/', 'notAllowed'],
    ['https://files.example.com:80/', 'notAllowed'],
    ['https://files.example.com:8443/', 'notAllowed'],
    ['https://files.example.com:PORT/', 'notAllowed'],
  ])('%j: %s', async (link, reason) => {
    const thrown = await refusal(download(at(link), { lookup: unasked }))
    expect(thrown).toMatchObject({ reason, isLinkHarmless: false })
    expect(`${thrown.message}${thrown.sentence}`).not.toContain('example')
  })

  it.each([
    ['file:///etc/passwd', 'notHttps'],
    ['ftp://127.0.0.1:PORT/', 'notHttps'],
    ['gopher://127.0.0.1:PORT/', 'notHttps'],
    ['http://files.example.com/', 'notHttps'],
    ['http://user:password@127.0.0.1:PORT/', 'notAllowed'],
    ['https://user:password@files.example.com/', 'notAllowed'],
    ['//files.example.com:PORT/', 'notHttps'],
    ['https://files.example.com:PORT/', 'notAllowed'],
    ['https://[', 'notALink'],
  ])('after a redirect to %j: %s', async (link, reason) => {
    const url = `${redirector.url}/?${encodeURIComponent(at(link))}`
    expect(await refusal(download(url, { lookup: unasked, allowLoopback: true }))).toMatchObject({ reason })
  })

  it('unless allowLoopback is on and the link uses one of the three loopback names', async () => {
    expect((await refusal(download(redirector.url))).reason).toBe('notHttps')
    const local = { lookup, allowLoopback: true }
    expect((await refusal(download(`http://local.example.com:${canary.port}/`, local))).reason).toBe('notHttps')
    expect((await refusal(download('https://local.example.com/', local))).reason).toBe('notAllowed')
    const elsewhere = { lookup: async () => [PUBLIC], allowLoopback: true }
    expect((await refusal(download(`http://localhost:${canary.port}/`, elsewhere))).reason).toBe('notAllowed')
  })

  it('and otherwise requested without the proxy of the environment', async () => {
    const before = { ...process.env }
    const proxy = `http://127.0.0.1:${canary.port}`
    Object.assign(process.env, { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, https_proxy: proxy, http_proxy: proxy })
    const thrown = await refusal(download('https://a.example.com/', { lookup: async () => [PUBLIC], totalMs: 1500 }))
    process.env = before
    expect(['unreachable', 'tooSlow']).toContain(thrown.reason)
  })
})

describe('an agent may see a link', () => {
  it('whose host has a public address', async () => {
    const link = 'https://files.example.com/a.png'
    const found = await refusal(download(link, { lookup: async () => [PUBLIC], totalMs: 1500 }))
    expect(found.isLinkHarmless).toBe(true)
  })

  it.each<readonly [string, boolean]>([
    ['https://files.example.com/a.png', true],
    ['https://files.example.com./a.png', true],
    ['https://local.example.org/a.png', true],
    ['https://intranet/a.png', false],
    ['https://metadata.google.internal/a.png', false],
    ['https://nas.home.arpa./a.png', false],
    ...['local', 'localhost', 'internal', 'intranet', 'private', 'corp', 'home', 'lan', 'localdomain', 'arpa'].map(
      (name) => [`https://printer.${name}/a.png`, false] as const,
    ),
    ...['test', 'invalid', 'onion'].map((name) => [`https://printer.${name}/a.png`, false] as const),
  ])('whose host does not resolve, if its name looks public: %s (%s)', async (link, isLinkHarmless) => {
    expect(await refusal(download(link, { lookup }))).toMatchObject({ reason: 'unreachable', isLinkHarmless })
  })
})

it('none of these links led to a connection to this machine', () => expect(canary.connections()).toBe(0))
