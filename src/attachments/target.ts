import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address'
import { AttachmentRefused } from './refused'
import type { Trail } from './trail'

/** Resolves a host name to all its addresses, like `dns.promises.lookup` with `all`. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>

/** A valid link whose host is not resolved yet. */
export type Target = { url: URL; isLoopback: boolean }

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])
const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1'])

/**
 * URL parsing drops line breaks and turns backslashes into slashes, so the requested link would differ from this text.
 */
// oxlint-disable-next-line no-control-regex
const DECEPTIVE = /[\u0000-\u001F\u007F\\]/

/**
 * Parses a link and checks what needs no look-up: it must be https on the default port without credentials or, with
 * `allowLoopback`, lead to this machine on any port. Throws `AttachmentRefused`.
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
 * The addresses of a target's host. Refuses the target if one of them is not public, because the connection chooses
 * among them. Throws `AttachmentRefused`.
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

/** Names for private networks and this machine. Names without a dot are private too. */
const PRIVATE_NAMES =
  /\.(local|localhost|internal|intranet|private|corp|home|lan|localdomain|arpa|test|invalid|onion)\.?$/

/** Whether an unresolved name looks public: if only our resolver fails, the agent should still see the link. */
const looksPublic = (hostname: string): boolean =>
  /\.[a-z][a-z0-9-]*\.?$/.test(hostname) && !PRIVATE_NAMES.test(hostname)
