import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address'
import { AttachmentRefused } from './refused'
import type { Trail } from './trail'

/** All addresses of a host name, as `dns.promises.lookup` gives them with `all`. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>

/** A link that may be asked, if its host is where it should be. */
export type Target = { url: URL; isLoopback: boolean }

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])
const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1'])

/** Line breaks would be dropped and backslashes turned when the link is parsed: what is shown was another link. */
// oxlint-disable-next-line no-control-regex
const DECEPTIVE = /[\u0000-\u001F\u007F\\]/

/**
 * Reads a link and decides by its looks whether it may be asked: https at its own port without credentials, or, when
 * `allowLoopback` is on, this machine itself at any port. Throws `AttachmentRefused`.
 */
export function readLink(link: string, allowLoopback: boolean): Target {
  const text = link.trim()
  if (DECEPTIVE.test(text) || !URL.canParse(text)) throw new AttachmentRefused('notALink')
  const url = new URL(text)
  const isLoopback = allowLoopback && LOOPBACK_HOSTS.has(url.hostname)
  const isHttp = url.protocol === 'http:' && isLoopback
  if (url.protocol !== 'https:' && !isHttp) throw new AttachmentRefused('notHttps')
  if (url.username !== '' || url.password !== '') throw new AttachmentRefused('notAllowed')
  if (url.port !== '' && !isLoopback) throw new AttachmentRefused('notAllowed')
  return { url, isLoopback }
}

/**
 * The addresses that a target may be asked at. One that is not public refuses them all, since it is the connection that
 * chooses among them. Throws `AttachmentRefused`.
 */
export async function addressesOf({ url, isLoopback }: Target, lookup: Lookup, trail: Trail): Promise<LookupAddress[]> {
  const addresses = await found(url.hostname, lookup)
  if (addresses.length === 0) {
    trail.findsHost({ isPublic: looksPublic(url.hostname) })
    throw trail.refused('unreachable', { detail: 'no address' })
  }
  const admits = isLoopback ? (address: string) => LOOPBACK_ADDRESSES.has(address) : isPublicAddress
  if (!addresses.every(({ address }) => admits(address))) throw trail.refused('notAllowed')
  trail.findsHost({ isPublic: !isLoopback })
  return addresses
}

async function found(hostname: string, lookup: Lookup): Promise<LookupAddress[]> {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(literal)
  return family === 0 ? lookup(hostname).catch(() => []) : [{ address: literal, family }]
}

/** Names that are kept for private networks and this machine, beside those without any dot. */
const PRIVATE_NAMES =
  /\.(local|localhost|internal|intranet|private|corp|home|lan|localdomain|arpa|test|invalid|onion)\.?$/

/** Whether a name that is not found here is one for everybody: what a failing resolver must not cost the agent. */
const looksPublic = (hostname: string): boolean =>
  /\.[a-z][a-z0-9-]*\.?$/.test(hostname) && !PRIVATE_NAMES.test(hostname)
