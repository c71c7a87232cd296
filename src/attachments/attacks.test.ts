import type { LookupAddress } from 'node:dns'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOOPBACK, PUBLIC, refusal, startHostileServers } from '../../tests/support/downloads'
import { type startCanary, startStranger, type Stranger } from '../../tests/support/strangers'
import { download } from './download'
import { addressesOf } from './target'

let canary: Awaited<ReturnType<typeof startCanary>>
let redirector: Stranger
let closeAll: () => Promise<void>

beforeAll(async () => {
  ;({ canary, redirector, close: closeAll } = await startHostileServers())
})
afterAll(async () => closeAll())

const names: Record<string, LookupAddress[]> = {
  localhost: [LOOPBACK, { address: '::1', family: 6 }],
  'localhost.': [LOOPBACK],
  'local.example.com': [LOOPBACK],
  'six.example.com': [{ address: '::1', family: 6 }],
  'mapped.example.com': [{ address: '::ffff:127.0.0.1', family: 6 }],
  'private.example.com': [{ address: '10.0.0.7', family: 4 }],
  'metadata.example.com': [{ address: '169.254.169.254', family: 4 }],
  'both.example.com': [PUBLIC, LOOPBACK],
  'both-reversed.example.com': [LOOPBACK, PUBLIC],
}
const lookup = async (hostname: string): Promise<LookupAddress[]> => {
  const found = names[hostname]
  if (found === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
  return found
}

const literals = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0X7F.1',
  '017700000001',
  '0177.0.0.1',
  '0',
  '0.0.0.0',
  '0x0',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.170',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '127。0。0。1',
  '１２７.0.0.1',
  '①②⑦.0.0.1',
  '%31%32%37.0.0.1',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[100::1]',
  '[2001::7f00:1]',
  '[2001:db8::1]',
  '[2002:7f00:1::]',
  '[3fff::1]',
  '[5f00::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
]

/** Hosts that `allowLoopback` allows; the redirecting server needs it. */
const isTheSandboxItself = (host: string) =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(`https://${host}`).hostname)

describe('a download never connects to an address that is not public', () => {
  it.each([...literals, ...Object.keys(names)])('by a link: %s', async (host) => {
    expect(await refusal(download(`https://${host}/a.png`, { lookup }))).toMatchObject({
      reason: 'notAllowed',
      isLinkHarmless: false,
    })
    for (const scheme of ['http', 'https']) {
      const thrown = await refusal(download(`${scheme}://${host}:${canary.port}/a.png`, { lookup }))
      expect(thrown).toMatchObject({ reason: scheme === 'http' ? 'notHttps' : 'notAllowed', isLinkHarmless: false })
    }
  })

  const elsewhere = [...literals, ...Object.keys(names)].filter((host) => !isTheSandboxItself(host))
  it.each(elsewhere)('by a redirect: %s', async (host) => {
    const options = { lookup, allowLoopback: true }
    const to = (target: string) => refusal(download(`${redirector.url}/?${encodeURIComponent(target)}`, options))
    expect(await to(`https://${host}/a.png`)).toMatchObject({ reason: 'notAllowed', isLinkHarmless: false })
    expect((await to(`http://${host}:${canary.port}/`)).reason).toBe('notHttps')
    expect((await to(`https://${host}:${canary.port}/`)).reason).toBe('notAllowed')
  })

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '0.0.0.0', '::', '127.9.9.9'])(
    'if the link itself was not checked: %s',
    async (address) => {
      const addresses = [{ address, family: address.includes(':') ? 6 : 4 }]
      const literal = address.includes(':') ? `[${address}]` : address
      for (const host of [literal, 'name.example.com']) {
        const unchecked = { url: new URL(`http://${host}:${canary.port}/`), isLoopback: false, isPublic: true }
        await expect(addressesOf(unchecked, async () => addresses)).rejects.toMatchObject({ reason: 'notAllowed' })
      }
    },
  )
})

describe('a host name that resolves differently each time', () => {
  it('is resolved once for each connection, which uses only that result', async () => {
    let asked = 0
    const rebinding = async () => (asked++ === 0 ? [PUBLIC] : [LOOPBACK])
    const first = await refusal(download('https://rebind.example.com/a', { lookup: rebinding, totalMs: 1500 }))
    expect(['unreachable', 'tooSlow']).toContain(first.reason)
    expect(asked).toBe(1)
    expect(await refusal(download('https://rebind.example.com/a', { lookup: rebinding }))).toMatchObject({
      reason: 'notAllowed',
    })
  })

  it('is connected at the address that was checked', async () => {
    let asked = 0
    const stranger = await startStranger((_, response) => response.end('hello'))
    const changing = async () => (asked++ === 0 ? [LOOPBACK] : [{ address: '10.0.0.1', family: 4 }])
    const url = `http://localhost:${stranger.port}/a.txt`
    const file = await download(url, { lookup: changing, allowLoopback: true })
    expect([file.size, asked]).toEqual([5, 1])
    await file.remove()
    await stranger.close()
  })
})

it('none of these attacks connected to this machine', () => expect(canary.connections()).toBe(0))
