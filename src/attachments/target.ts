import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address'
import { AttachmentRefused } from './refused'

/** All addresses of a host name, as `dns.promises.lookup` gives them with `all`. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>

/** A link that may be asked, and the addresses it may be asked at. */
export type Target = { url: URL; isLoopback: boolean; addresses: readonly LookupAddress[] }

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])
export const LOOPBACK_ADDRESSES: readonly string[] = ['127.0.0.1', '::1']

/** Line breaks would be dropped and backslashes turned when the link is parsed: what is shown was another link. */
// oxlint-disable-next-line no-control-regex
const DECEPTIVE = /[\u0000-\u001F\u007F\\]/

/**
 * Reads a link and decides by its looks whether it may be asked: https at its own port without credentials, or, when
 * `allowLoopback` is on, this machine itself at any port. Throws `AttachmentRefused`.
 */
export function readLink(link: string, allowLoopback: boolean): { url: URL; isLoopback: boolean } {
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
 * Looks up where a link leads. One address that is not public refuses them all, since it is the connection that
 * chooses among them. Throws `AttachmentRefused`.
 */
export async function resolveTarget(link: string, allowLoopback: boolean, lookup: Lookup): Promise<Target> {
  const { url, isLoopback } = readLink(link, allowLoopback)
  const addresses = await addressesOf(url.hostname, lookup)
  const admits = isLoopback ? (address: string) => LOOPBACK_ADDRESSES.includes(address) : isPublicAddress
  if (!addresses.every(({ address }) => admits(address))) throw new AttachmentRefused('notAllowed')
  return { url, isLoopback, addresses }
}

async function addressesOf(hostname: string, lookup: Lookup): Promise<LookupAddress[]> {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(literal)
  if (family !== 0) return [{ address: literal, family }]
  const found = await lookup(hostname).catch(() => [])
  if (found.length === 0) {
    throw new AttachmentRefused('unreachable', { isLinkHarmless: looksPublic(hostname), detail: 'no address' })
  }
  return found
}

/** Names that are kept for private networks and this machine, beside those without any dot. */
const PRIVATE_NAMES =
  /\.(local|localhost|internal|intranet|private|corp|home|lan|localdomain|arpa|test|invalid|onion)\.?$/

/** Whether a name that is not found here is one for everybody: what a failing resolver must not cost the agent. */
const looksPublic = (hostname: string): boolean =>
  /\.[a-z][a-z0-9-]*\.?$/.test(hostname) && !PRIVATE_NAMES.test(hostname)
