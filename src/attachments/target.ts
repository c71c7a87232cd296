import type { LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import { AttachmentRefused } from './refused'

/** Resolves a host name to all its addresses, like `dns.promises.lookup` with `all`. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>

export type Target = {
  url: URL
  /** The sandbox's own files. */
  isLoopback: boolean
  /** As its name says until its addresses are known: the agent should see a link that only our resolver cannot resolve. */
  isPublic: boolean
}

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])
const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1'])

/** URL parsing drops line breaks and turns backslashes into slashes, so the requested link would not be this text. */
// oxlint-disable-next-line no-control-regex
const DECEPTIVE = /[\u0000-\u001F\u007F\\]/

/** Names for private networks and this machine. Names without a dot are private too. */
const PRIVATE_NAMES =
  /\.(local|localhost|internal|intranet|private|corp|home|lan|localdomain|arpa|test|invalid|onion)\.?$/

/**
 * Parses a link and checks what needs no look-up: it must be https on the default port without credentials or, with
 * `allowLoopback`, lead to this machine on any port. Throws `AttachmentRefused`.
 */
export function readLink(link: string, allowLoopback: boolean): Target {
  const text = link.trim()
  if (DECEPTIVE.test(text) || !URL.canParse(text)) throw new AttachmentRefused('notALink')
  const url = new URL(text)
  const isLoopback = allowLoopback && LOOPBACK_HOSTS.has(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) throw new AttachmentRefused('notHttps')
  if (url.username !== '' || url.password !== '') throw new AttachmentRefused('notAllowed')
  if (url.port !== '' && !isLoopback) throw new AttachmentRefused('notAllowed')
  const isPublic = /\.[a-z][a-z0-9-]*\.?$/.test(url.hostname) && !PRIVATE_NAMES.test(url.hostname)
  return { url, isLoopback, isPublic }
}

/**
 * The addresses of a target's host. Refuses the target if one of them is not public, because the connection chooses
 * among them. Throws `AttachmentRefused`.
 */
export async function addressesOf(target: Target, lookup: Lookup): Promise<LookupAddress[]> {
  const literal = target.url.hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(literal)
  const addresses = family === 0 ? await lookup(literal).catch(() => []) : [{ address: literal, family }]
  if (addresses.length === 0) throw new AttachmentRefused('unreachable', 'no address')
  const admits = target.isLoopback ? (address: string) => LOOPBACK_ADDRESSES.has(address) : isPublicAddress
  if (!addresses.every(({ address }) => admits(address))) throw new AttachmentRefused('notAllowed')
  target.isPublic = !target.isLoopback
  return addresses
}

/**
 * Not public, according to IANA's registry of special-purpose addresses
 * (https://www.iana.org/assignments/iana-ipv4-special-registry); multicast and everything above it; and 168.63.129.16,
 * which is a platform service inside Azure.
 */
const special = blockList('ipv4', [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24',
  '192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24',
  '203.0.113.0/24 224.0.0.0/3 168.63.129.16/32',
])

/** 2000::/3 is the only public range. IPv4-mapped, IPv4-compatible, NAT64 and local addresses are outside it. */
const publicV6 = blockList('ipv6', ['2000::/3'])

/** Exceptions in 2000::/3. They include the ranges that embed IPv4 addresses (6to4, Teredo). */
const specialV6 = blockList('ipv6', ['2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3ffe::/16 3fff::/20'])

function blockList(type: 'ipv4' | 'ipv6', lines: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of lines.join(' ').split(' ')) {
    const [network = '', prefix] = range.split('/')
    list.addSubnet(network, Number(prefix), type)
  }
  return list
}

/** Whether an IPv4 or IPv6 address, in standard notation, is on the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4')
  return isIP(address) === 6 && publicV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6')
}
